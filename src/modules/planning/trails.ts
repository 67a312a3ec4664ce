import type { Trail } from '../../kernel/audit/trail.ts'

const status = { zh: '状态', en: 'Status' }
const ofCase = { zh: '所属流程', en: 'Case' }
const changedBy = { zh: '最后修改人', en: 'Changed last by' }
const holder = { zh: '办理人', en: 'Holder' }

/** Words for what the trail tells of plans, their sheets and letters. */
export const trails: readonly Trail[] = [
  {
    id: 'plan',
    label: { zh: '年度计划', en: 'Annual plan' },
    governedBy: 'plan',
    table: 'plan',
    fields: {
      year: { zh: '年度', en: 'Year' },
      base_year: { zh: '基期', en: 'Base year' },
      growth_year: { zh: '对比年', en: 'Year of comparison' },
      version: { zh: '版本', en: 'Version' },
      status,
      case_id: ofCase,
      form: { zh: '计划书', en: 'Plan text' },
      edition_id: { zh: '所依版次', en: 'Edition it goes by' },
      regions: { zh: '大区口径', en: 'Basis of regions' },
      changed_by: changedBy,
    },
  },
  {
    id: 'plan-sheet',
    label: { zh: '分解表', en: 'Cascade sheet' },
    governedBy: 'plan',
    table: 'plan_sheet',
    fields: {
      plan_id: { zh: '年度计划', en: 'Annual plan' },
      kind: { zh: '层级', en: 'Level' },
      parent_id: { zh: '上级分解表', en: 'Sheet above' },
      holder_id: holder,
      case_id: ofCase,
      status,
      attempts: { zh: '未通过次数', en: 'Refused attempts' },
      changed_by: changedBy,
    },
  },
  {
    id: 'plan-letter',
    label: { zh: '目标责任书', en: 'Target letter' },
    governedBy: 'plan',
    table: 'plan_letter',
    fields: {
      sheet_id: { zh: '分解表', en: 'Cascade sheet' },
      receiver_id: { zh: '接受人', en: 'Receiver' },
      holder_id: holder,
      status,
      reason: { zh: '理由', en: 'Reason' },
      note: { zh: '下达说明', en: 'Note of the giver' },
      issued_at: { zh: '下达时间', en: 'Issued at' },
      answered_at: { zh: '答复时间', en: 'Answered at' },
    },
  },
]
