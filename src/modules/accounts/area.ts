import type { Trail } from '../../kernel/audit/trail.ts'

/** Which branch supports a province, or a city of it: the trail tells who said so. */
export const areaTrail: Trail = {
  id: 'branch-area',
  label: { zh: '分公司的省市', en: 'Area of a branch' },
  governedBy: 'account',
  table: 'branch_area',
  fields: {
    province: { zh: '省/自治区', en: 'Province' },
    city: { zh: '城市', en: 'City' },
    unit_id: { zh: '支持分公司', en: 'Supporting branch' },
  },
}
