import { defineKind } from '../../kernel/records/kind.ts'
import { doubtsOfList } from './doubts.ts'

/** 大客户: the account a key account department sells to. Owner = A角, backup = B角. */
export const account = defineKind({
  id: 'account',
  table: 'account',
  label: { zh: '客户', en: 'Account' },
  plural: { zh: '客户', en: 'Accounts' },
  title: 'name',
  code: 'code',
  clause: 'fn:C5',
  tracked: { twin_of: { zh: '同一编号的客户', en: 'Account of the same code' } },
  doubts: (tx, columns) => doubtsOfList(tx, columns),
  fields: {
    code: {
      type: 'text',
      label: { zh: '客户编号', en: 'Account code' },
      aliases: ['客户 ID', '客户ID', '客户代码', 'Customer ID'],
      required: true,
      settled: true,
      unique: true,
      alike: true,
      max: 40,
      search: true,
    },
    name: {
      type: 'text',
      label: { zh: '客户名称', en: 'Account name' },
      aliases: ['客户', 'Customer Name'],
      required: true,
      max: 200,
      search: true,
      pinyin: true,
    },
    short_name: {
      type: 'text',
      label: { zh: '简称', en: 'Short name' },
      max: 60,
    },
    industry: {
      type: 'text',
      label: { zh: '行业', en: 'Industry' },
      aliases: ['细分', 'Segment'],
      wanted: true,
      max: 60,
    },
    grade: {
      type: 'choice',
      label: { zh: '客户分级', en: 'Account grade' },
      options: [
        { id: 'A', label: { zh: 'A 级客户', en: 'Account grade A' } },
        { id: 'B', label: { zh: 'B 级客户', en: 'Account grade B' } },
        { id: 'C', label: { zh: 'C 级客户', en: 'Account grade C' } },
      ],
    },
    home_unit_id: {
      type: 'reference',
      to: 'unit',
      label: { zh: '归属大区', en: 'Home region' },
      wanted: true,
      needs: 'assign',
      hint: {
        zh: '分解计划时客户归入的大区',
        en: 'Region the account counts under when the plan is cascaded',
      },
    },
    branch_id: {
      type: 'reference',
      to: 'unit',
      label: { zh: '支持分公司', en: 'Supporting branch' },
      needs: 'assign',
      hint: {
        zh: '负责发运、安装和售后的分公司，它的经理看得到这个客户',
        en: 'Branch that ships, installs and serves; its head sees the account',
      },
    },
    owner_id: {
      type: 'reference',
      to: 'person',
      label: { zh: '负责人（A角）', en: 'Owner' },
      wanted: true,
      needs: 'assign',
    },
    backup_id: {
      type: 'reference',
      to: 'person',
      label: { zh: '协助人（B角）', en: 'Backup' },
      needs: 'assign',
    },
    manager_id: {
      type: 'reference',
      to: 'person',
      label: { zh: '主管经理', en: 'Manager' },
      wanted: true,
      needs: 'assign',
    },
    province: {
      type: 'text',
      label: { zh: '省/自治区', en: 'Province' },
      max: 40,
    },
    city: { type: 'text', label: { zh: '城市', en: 'City' }, max: 40 },
    credit_code: {
      type: 'text',
      label: { zh: '统一社会信用代码', en: 'Unified social credit code' },
      wanted: true,
      max: 18,
    },
    phone: {
      type: 'text',
      label: { zh: '总机', en: 'Switchboard' },
      wanted: true,
      max: 40,
    },
    address: {
      type: 'text',
      label: { zh: '注册地址', en: 'Registered address' },
      wanted: true,
      max: 200,
    },
    since: { type: 'date', label: { zh: '合作起始', en: 'Customer since' } },
    source: { type: 'text', label: { zh: '来源', en: 'Source' }, settled: true, max: 60 },
    notes: { type: 'longtext', label: { zh: '备注', en: 'Notes' } },
  },
  scope: {
    unit: 'home_unit_id',
    supporting: ['branch_id'],
    managed: ['manager_id'],
    own: ['owner_id', 'backup_id'],
  },
  list: {
    columns: ['code', 'name', 'industry', 'grade', 'home_unit_id', 'owner_id', 'manager_id', 'since'],
    sort: 'code',
    filters: ['home_unit_id', 'branch_id', 'industry', 'grade', 'owner_id', 'manager_id', 'since'],
    views: [
      {
        id: 'ungraded',
        label: { zh: '未分级', en: 'Ungraded' },
        filter: { 'grade.empty': '1' },
      },
      {
        id: 'incomplete',
        label: { zh: '资料待补', en: 'Missing details' },
        filter: { missing: '1' },
      },
      {
        id: 'unassigned',
        label: { zh: '待分配', en: 'Without owner' },
        filter: { 'owner_id.empty': '1' },
      },
    ],
  },
  page: {
    facts: ['code', 'industry', 'home_unit_id', 'owner_id', 'manager_id', 'since'],
    sections: [
      {
        id: 'identity',
        title: { zh: '基本资料', en: 'Identity' },
        fields: ['code', 'name', 'short_name', 'industry', 'grade', 'credit_code', 'since', 'source'],
      },
      {
        id: 'people',
        title: { zh: '归属与负责人', en: 'Who looks after it' },
        fields: ['home_unit_id', 'branch_id', 'owner_id', 'backup_id', 'manager_id'],
      },
      {
        id: 'contact',
        title: { zh: '联系', en: 'Contact' },
        fields: ['phone', 'province', 'city', 'address', 'notes'],
      },
    ],
    related: [
      { kind: 'order', column: 'account_id' },
      { kind: 'order-line', column: 'account_id' },
    ],
  },
})
