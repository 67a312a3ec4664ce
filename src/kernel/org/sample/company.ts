import { inventedNames, seeded } from './names.ts'

export interface SampleUnit {
  readonly code: string
  readonly parent: string | null
  readonly level: 'company' | 'hq' | 'region' | 'branch'
  readonly zh: string
  readonly en: string
  readonly legalEntity: boolean
}
export interface SampleSeat {
  readonly login: string
  readonly post: string
  readonly unit: string
  readonly number: number
  readonly covers: readonly string[]
  readonly inHeadcount: boolean
  readonly person: { readonly zh: string; readonly en: string }
}
export interface SampleCompany {
  readonly name: { readonly zh: string; readonly en: string }
  readonly units: readonly SampleUnit[]
  readonly seats: readonly SampleSeat[]
}

const regions = [
  {
    code: 'NE',
    zh: '东北',
    en: 'Northeast',
    branches: [
      ['沈阳', 'Shenyang'],
      ['哈尔滨', 'Harbin'],
    ],
  },
  {
    code: 'NC',
    zh: '华北',
    en: 'North',
    branches: [
      ['天津', 'Tianjin'],
      ['太原', 'Taiyuan'],
    ],
  },
  {
    code: 'EC',
    zh: '华东',
    en: 'East',
    branches: [
      ['苏州', 'Suzhou'],
      ['合肥', 'Hefei'],
      ['青岛', 'Qingdao'],
    ],
  },
  {
    code: 'SC',
    zh: '中南',
    en: 'South Central',
    branches: [
      ['长沙', 'Changsha'],
      ['佛山', 'Foshan'],
      ['郑州', 'Zhengzhou'],
    ],
  },
  {
    code: 'SW',
    zh: '西南',
    en: 'Southwest',
    branches: [
      ['成都', 'Chengdu'],
      ['昆明', 'Kunming'],
    ],
  },
  {
    code: 'NW',
    zh: '西北',
    en: 'Northwest',
    branches: [
      ['西安', "Xi'an"],
      ['兰州', 'Lanzhou'],
    ],
  },
] as const

/** Posts held once at head office, with their logins. */
const office = [
  'GM',
  'SDM',
  'SUP',
  'FIN',
  'HR',
  'MKT',
  'TEC',
  'LOG',
  'SVC',
  'LEG',
  'SEA',
  'AUD',
  'ADM',
  'CON',
] as const

/** The invented sample company: 22 key account seats, six regions with branches, every other post once. Equal seeds, equal company. */
export function sampleCompany(seed = 20_180_102): SampleCompany {
  const names = inventedNames(seeded(seed))
  const person = () => names.next().value as { zh: string; en: string }
  const units: SampleUnit[] = [
    {
      code: 'CO',
      parent: null,
      level: 'company',
      zh: '云岭精工（示例公司）',
      en: 'Yunling Precision (sample company)',
      legalEntity: true,
    },
    {
      code: 'HQ',
      parent: 'CO',
      level: 'hq',
      zh: '公司总部',
      en: 'Head office',
      legalEntity: false,
    },
    ...regions.flatMap((region): SampleUnit[] => [
      {
        code: region.code,
        parent: 'CO',
        level: 'region',
        zh: region.zh,
        en: region.en,
        legalEntity: false,
      },
      ...region.branches.map(
        ([zh, en], index): SampleUnit => ({
          code: `${region.code}${index + 1}`,
          parent: region.code,
          level: 'branch',
          zh: `${zh}分公司`,
          en: `${en} branch`,
          legalEntity: false,
        }),
      ),
    ]),
  ]
  const seats: SampleSeat[] = []
  const seat = (login: string, post: string, unit: string, number: number, covers: readonly string[] = []) =>
    seats.push({
      login,
      post,
      unit,
      number,
      covers,
      inHeadcount: ['SUP', 'KAM', 'REP'].includes(post),
      person: person(),
    })
  for (const post of office) seat(post.toLowerCase(), post, 'HQ', 1)
  const managers = [
    ['NE', 'NC'],
    ['EC', 'SC'],
    ['SW', 'NW'],
  ]
  managers.forEach((covers, index) => {
    seat(`kam${index + 1}`, 'KAM', 'HQ', index + 1, covers)
  })
  regions.forEach((region, index) => {
    seat(`rgm${index + 1}`, 'RGM', region.code, 1)
    for (let number = 1; number <= 3; number += 1)
      seat(`rep${String(index * 3 + number).padStart(2, '0')}`, 'REP', region.code, number)
  })
  let branch = 0
  for (const unit of units.filter((one) => one.level === 'branch')) {
    branch += 1
    seat(`brm${String(branch).padStart(2, '0')}`, 'BRM', unit.code, 1)
  }
  return {
    name: {
      zh: '云岭精工（示例公司）',
      en: 'Yunling Precision (sample company)',
    },
    units,
    seats,
  }
}
