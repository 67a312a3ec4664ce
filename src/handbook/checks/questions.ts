import type { Text } from '../model.ts'

/** What a complete handbook can answer; every question is answered by one rule or more. The numbers are those of the documentation. */
export const questions: readonly Text[] = [
  {
    zh: '编制内各岗位的席位加起来，等于批准的编制吗？',
    en: 'Do the seats of the posts inside the headcount add up to the approved headcount?',
  },
  {
    zh: '每项职能恰有一个牵头者，并有流程可走，或写明为什么没有吗？',
    en: 'Has every function exactly one lead, and a workflow or a reason for none?',
  },
  {
    zh: '每个任务只站在一条泳道里，泳道的岗位都在，没有空泳道吗？',
    en: 'Does every task stand in exactly one lane of a post that exists, and does every lane hold a task?',
  },
  {
    zh: '每个判断至少两个结果，每个结果都有去处，每个循环都出得来，每个流程有一个主入口，每一步都走得到结束吗？',
    en: 'Has every decision two outcomes or more and each outcome a target; has every loop an exit, each flow one main start, and does every step reach an end?',
  },
  {
    zh: '步骤用到的表单都在，表单都有步骤用，栏目有类型，表单写明记录吗？',
    en: 'Is every form of a step there, every form used, every field typed, and does every form name its record?',
  },
  {
    zh: '每个指标有算法、单位、周期、记录、方向和缺基数的处理，权重合计 100，记录有步骤产生吗？',
    en: 'Has every indicator formula, unit, period, records, direction and a rule for a missing base; do weights sum to 100; does a step produce its records?',
  },
  {
    zh: '每一行审批权限逐级不减、上不封顶，并且没有人批自己的申请吗？',
    en: 'Does every row of limits rise and leave no amount without an approver, and does nobody approve his own request?',
  },
  {
    zh: '上级关系不成圈、到顶，代表的业务、商机、日常监督关系各恰有一种吗？',
    en: 'Does the line of superiors end at the top without a circle, and has a representative exactly one relation of business, deal and supervision each?',
  },
  {
    zh: '用语各归其位，数字都写成参数而没有散落在正文里吗？',
    en: 'Has every term its place, and is every number a parameter instead of being typed into the text?',
  },
  {
    zh: '每个流程有制度管，每份制度写明归口和表单吗？',
    en: 'Is every workflow covered by a policy, and does each policy name its owner and forms?',
  },
  {
    zh: '流程之间的交接对得上吗：调用的区段、结果词、另起的步骤都在？',
    en: 'Do hand-overs between workflows match: the segment that is called, its result words, the steps that are started beside?',
  },
  {
    zh: '顺着流程，期限不倒挂吗？',
    en: 'Are deadlines consistent along each path?',
  },
  {
    zh: '被调用流程的每个结局都有人接，同一件事不写在两步里吗？',
    en: 'Is every end of a called workflow taken up, and does no act stand in two steps?',
  },
  {
    zh: '每种记录至少由一个步骤产生吗？',
    en: 'Is every record produced by one step or more?',
  },
  {
    zh: '同一件事里批准的人不会就是提出的人吗？',
    en: 'Is the approver never the one who asked?',
  },
  {
    zh: '各站的期限加起来不超过整步的期限吗？',
    en: 'Do the stations of a step together take no longer than the step may?',
  },
  {
    zh: '放到真实的工作日历（含国庆、春节）上，期限的先后还成立吗？',
    en: 'Do deadlines keep their order on the real calendar of the year, long holidays included?',
  },
  {
    zh: '每个金额写明含税与否和币种吗？',
    en: 'Does every amount state VAT and currency?',
  },
  {
    zh: '有次数上限的循环，写明到了上限去哪里吗？',
    en: 'Does every loop with a maximum name where it leads after the maximum?',
  },
  {
    zh: '没有两个编号只差连字符或前导零吗？',
    en: 'Does no code differ from another only by a hyphen or a leading zero?',
  },
  {
    zh: '没有人衡量自己的指标吗？',
    en: 'Does nobody measure his own indicator?',
  },
]
