import type { Text } from '../../handbook/model.ts'
import { inWords, say, UsageError } from '../say.ts'

interface Page {
  /** As it is typed, without `kambook`. */
  readonly usage: readonly string[]
  readonly does: Text
  readonly options: readonly (readonly [option: string, text: Text])[]
}

const user: Page['options'][number] = [
  '--user LOGIN',
  { zh: '以谁的身份，权限与在浏览器里一样', en: 'whose rights it has, as in the browser' },
]
const filter: Page['options'][number] = [
  '--filter FIELD=VALUE',
  {
    zh: '只要这些，与列表的筛选相同，可写多次，如 ordered_on.from=2017-01-01',
    en: 'only these, as a list filters; may be repeated, e.g. ordered_on.from=2017-01-01',
  },
]

const pages: Readonly<Record<string, Page>> = {
  start: {
    usage: ['start [--sample] [--port 8080] [--host 127.0.0.1]'],
    does: { zh: '启动程序，Ctrl-C 停止', en: 'Start the program; Ctrl-C stops it' },
    options: [
      ['--sample', { zh: '第一次启动时建立示例公司', en: 'make the sample company at the first start' }],
      ['--port N', { zh: '端口，0 为任意空闲端口', en: 'port; 0 takes a free one' }],
      [
        '--host H',
        { zh: '监听地址，0.0.0.0 为所有网卡', en: 'address to listen on; 0.0.0.0 for all networks' },
      ],
    ],
  },
  sample: {
    usage: ['sample [--password [NEW]] [--date 2018-01-02]'],
    does: {
      zh: '重设示例公司的密码或业务日期',
      en: 'Set the sample company’s password or business date',
    },
    options: [
      ['--password [NEW]', { zh: '新密码，不写就随机生成', en: 'new password; left out, one is made up' }],
      ['--date DAY', { zh: '示例公司的今天', en: 'today in the sample company' }],
    ],
  },
  user: {
    usage: [
      'user list',
      'user seats',
      'user add LOGIN --name NAME [--name-en NAME] [--seat N] [--from DAY]',
      'user move LOGIN --seat N [--from DAY]',
      'user disable LOGIN',
      'user enable LOGIN',
      'user reset LOGIN',
    ],
    does: {
      zh: '列出、新建、停用、启用登录账号，调到另一个席位，重设为一次性密码',
      en: 'List, add, disable and enable logins, move somebody to another seat, reset to a one-time password',
    },
    options: [
      ['--name NAME', { zh: '姓名', en: 'name of the person' }],
      ['--name-en NAME', { zh: '英文姓名', en: 'English name' }],
      ['--seat N', { zh: '席位编号，user seats 列出', en: 'number of a seat, as user seats lists them' }],
      ['--from DAY', { zh: '自哪一天起，默认今天', en: 'from which day on; today if left out' }],
    ],
  },
  sessions: {
    usage: ['sessions LOGIN [--end N|all]'],
    does: {
      zh: '列出一个账号在哪里登录着，结束其中一处或全部',
      en: 'List where a login is signed in; end one of them, or all',
    },
    options: [['--end N', { zh: '列表里的编号，或 all', en: 'a number from the list, or all' }]],
  },
  password: {
    usage: ['password LOGIN [NEW]'],
    does: {
      zh: '重设一个账号的密码，原来的登录和令牌随即失效',
      en: 'Set the password of a login; its sessions and tokens end',
    },
    options: [
      [
        'NEW',
        {
          zh: '新密码，不写就随机生成并显示一次',
          en: 'new password; left out, one is made up and shown once',
        },
      ],
    ],
  },
  token: {
    usage: ['token --user LOGIN [--days 90]'],
    does: { zh: '取接口令牌，最后一行就是', en: 'Make an API token, printed as the last line' },
    options: [
      user,
      ['--days N', { zh: '有效天数，1 到 3650', en: 'days it is good for, 1 to 3650' }],
      ['--label TEXT', { zh: '备注，说明给谁用', en: 'a note on what it is for' }],
    ],
  },
  import: {
    usage: [
      'import FILE --user LOGIN [--what sales|account] [--map FILE] [--basis order|shipment|acceptance] [--source NAME] [--numbers order|source] [--state WORD=counted|left] [--encoding NAME] [--header-row N] [--dates ymd|dmy|mdy] [--decimal point|comma] [--hidden-rows] [--fill-merged] [--dry-run] [--yes]',
    ],
    does: {
      zh: '导入销售文件或客户清单（.xlsx、.xls、.xlsb、.ods、.csv、.dbf）',
      en: 'Import a sales file or a list of accounts (.xlsx, .xls, .xlsb, .ods, .csv, .dbf)',
    },
    options: [
      user,
      [
        '--what',
        {
          zh: '文件是什么：sales 销售（默认），account 客户清单',
          en: 'what the file is: sales (default), or account, a list',
        },
      ],
      [
        '--map FILE',
        { zh: '对应表，不写就用记住的或猜的', en: 'mapping; left out, the remembered or guessed one' },
      ],
      [
        '--basis',
        {
          zh: '销售口径，每年定一次：第一次导入某年时定下，以后要与定下的相同',
          en: 'the date sales count by; a year’s first import sets it, later ones must agree',
        },
      ],
      [
        '--source NAME',
        {
          zh: '来源名称，默认 default；行按来源、订单和行号认',
          en: 'name of the source (default); a line is known by source, order and number',
        },
      ],
      [
        '--numbers',
        {
          zh: '行号在每张订单内（order，默认）还是整个来源内（source）不重复',
          en: 'line numbers are unique within an order (the default) or within the source',
        },
      ],
      [
        '--state WORD=counted|left',
        {
          zh: '文件里的一个状态算不算销售，可写多次',
          en: 'whether a state in the file counts as sales; may be repeated',
        },
      ],
      [
        '--encoding NAME',
        {
          zh: '文字文件的编码：utf-8、gb18030、big5、utf-16le、utf-16be、shift_jis、euc-kr、windows-1252；不写则自动判断',
          en: 'encoding of a file of text: utf-8, gb18030, big5, utf-16le, utf-16be, shift_jis, euc-kr, windows-1252; else found out',
        },
      ],
      [
        '--header-row N',
        {
          zh: '标题在第几行，0 表示没有标题；多张表写 工作表=行号，可重复',
          en: 'row of the headings, 0 for none; SHEET=N for one of several sheets, repeatable',
        },
      ],
      [
        '--dates ORDER',
        {
          zh: '05/03/2017 这类日期的顺序：dmy 日月年、mdy 月日年、ymd 年月日；不写则不收',
          en: 'order of dates such as 05/03/2017: dmy, mdy or ymd; else they are refused',
        },
      ],
      [
        '--decimal MARK',
        {
          zh: '小数点：point 或 comma（12,50）；不写则有疑问的数不收',
          en: 'decimal mark, point or comma (12,50); else doubtful numbers are refused',
        },
      ],
      ['--hidden-rows', { zh: '隐藏的行也导入', en: 'take hidden rows as well' }],
      [
        '--fill-merged',
        {
          zh: '合并单元格向下填充（数字除外）',
          en: 'fill merged cells down, except numbers',
        },
      ],
      [
        '--dry-run',
        { zh: '只试算，不写入；有问题的行则退出码 1', en: 'try only; exits 1 when there are bad rows' },
      ],
      [
        '--yes',
        {
          zh: '接受建议的负责人并写入，有问题的行不写',
          en: 'accept the proposed owners and write; bad rows are left out',
        },
      ],
    ],
  },
  branches: {
    usage: ['branches --user LOGIN [--area PROVINCE[/CITY]=BRANCH] [--doubtful] [--replace] [--yes]'],
    does: {
      zh: '按买得最多的省市，把客户分给分公司；不写 --yes 只试算',
      en: 'Give accounts to branches by where most was sold; without --yes it only tells what would come of it',
    },
    options: [
      user,
      [
        '--area PLACE=BRANCH',
        {
          zh: '某省（或 省/城市）由哪个分公司支持，可写多次；= 后留空为不分',
          en: 'the branch of a province, or PROVINCE/CITY; may be repeated; nothing after = for none',
        },
      ],
      ['--doubtful', { zh: '拿不准的也分', en: 'give those in doubt as well' }],
      ['--replace', { zh: '已有别的分公司的也改', en: 'move those that have another branch' }],
      ['--yes', { zh: '写入', en: 'write' }],
    ],
  },
  basis: {
    usage: [
      'basis --user LOGIN',
      'basis YEAR order|shipment|acceptance --user LOGIN --why WORDS [--dry-run]',
    ],
    does: {
      zh: '各年的销售口径；改一年的口径，那一年的销售冲销后重记',
      en: 'The basis of sales by year; changing one books that year anew',
    },
    options: [
      [
        'YEAR BASIS',
        {
          zh: '哪一年改成哪种口径，不写就列出各年',
          en: 'the year and its basis; left out, all years are listed',
        },
      ],
      user,
      ['--why WORDS', { zh: '为什么改', en: 'why it is changed' }],
      ['--dry-run', { zh: '只看会怎样，不改', en: 'only tell what would become of it' }],
    ],
  },
  export: {
    usage: [
      'export KIND --user LOGIN [--format xlsx|csv] [--filter FIELD=VALUE] [--columns A,B] [--lang zh|en] [--out FILE]',
    ],
    does: {
      zh: '导出一种记录（account、order、order-line）',
      en: 'Export a record kind (account, order, order-line)',
    },
    options: [
      user,
      ['--format', { zh: 'xlsx 或 csv', en: 'xlsx or csv' }],
      filter,
      ['--columns A,B', { zh: '只要这些字段', en: 'only these fields' }],
      ['--lang', { zh: '标题的语言', en: 'language of the headings' }],
      [
        '--out FILE',
        { zh: '写到哪里，不写就用记录名加日期', en: 'where to; left out, named by kind and day' },
      ],
    ],
  },
  handbook: {
    usage: [
      'handbook check [FOLDER]',
      'handbook build [FOLDER] [--out FOLDER] [--format F] [--lang L]',
      'handbook draw FILE...',
      'handbook export FOLDER [--edition N]',
      'handbook import FOLDER --user LOGIN [--from DAY] [--dry-run]',
      'handbook diff A B',
      'handbook publish N --user LOGIN --from DAY',
      'handbook withdraw N --user LOGIN --why WORDS',
      'handbook approve N --user LOGIN [--request R]',
      'handbook refuse N --user LOGIN --why WORDS [--request R]',
    ],
    does: {
      zh: '检查手册；印出手册（Word、PDF、HTML，中文、英文）；改过 .bpmn 的文字后重排图上的位置；导出、导入、发布、撤回一版，作为第二人批准或退回，逐条对照两版',
      en: 'Check a handbook; print it (Word, PDF, HTML, Chinese and English); give a .bpmn positions anew after its text was edited; export, import, publish and withdraw an edition; approve or refuse it as the second person; compare two clause by clause',
    },
    options: [
      [
        'FILE...',
        { zh: '要重排的 .bpmn，文字不变', en: 'the .bpmn files to lay out anew; their text stays as it is' },
      ],
      [
        'FOLDER',
        {
          zh: '手册文件夹，不写就是随程序的参考手册',
          en: 'its folder; left out, the reference that came along',
        },
      ],
      ['--out FOLDER', { zh: '印到哪里，默认 dist/handbook', en: 'where to, dist/handbook if left out' }],
      ['--format F', { zh: 'docx、pdf 或 html，可写多次', en: 'docx, pdf or html; may be repeated' }],
      [
        '--lang L',
        {
          zh: 'zh、en，或 both（中英对照），可写多次',
          en: 'zh, en, or both side by side; may be repeated',
        },
      ],
      ['--edition N', { zh: '哪一版，默认生效的那一版', en: 'which edition; the effective one if left out' }],
      user,
      [
        '--from DAY',
        {
          zh: '自这一天起生效；import 带上它就同时发布',
          en: 'effective from that day; given to import, it publishes as well',
        },
      ],
      [
        '--why WORDS',
        {
          zh: '撤回或退回的原因，草案撤回可不写',
          en: 'why it is withdrawn or refused; a draft is withdrawn without a reason',
        },
      ],
      ['N', { zh: '版次', en: "an edition's number" }],
      ['--dry-run', { zh: '只检查，不写入', en: 'judge only, write nothing' }],
      [
        'A B',
        {
          zh: '文件夹、版次或 effective',
          en: 'folders, edition numbers or effective',
        },
      ],
    ],
  },
  backup: {
    usage: ['backup [FILE]'],
    does: {
      zh: '把全部数据备份成一个文件，程序可以照常运行',
      en: 'Back up everything into one file; the program may go on running',
    },
    options: [['FILE', { zh: '写到哪里，不写就用日期命名', en: 'where to; left out, named by the day' }]],
  },
  restore: {
    usage: ['restore FILE'],
    does: {
      zh: '把备份恢复到空的地方（KAMBOOK_DATA 或 DATABASE_URL）',
      en: 'Restore a backup into an empty place (KAMBOOK_DATA or DATABASE_URL)',
    },
    options: [],
  },
  doctor: {
    usage: ['doctor [--chain] [BACKUP]'],
    does: {
      zh: '检查这台机器和数据，不改动任何东西',
      en: 'Look at this machine and the data; changes nothing',
    },
    options: [
      [
        '--chain',
        {
          zh: '核对操作记录和安全日志的全部，不只本月',
          en: 'reckon all of the audit trail and the security log anew, not this month alone',
        },
      ],
      ['BACKUP', { zh: '再与这份备份当时的末环比对', en: 'hold their end against this backup as well' }],
    ],
  },
}

const environment: Text = {
  zh: '环境变量：KAMBOOK_DATA 数据文件夹（默认 ./data），DATABASE_URL 自有 PostgreSQL（15 以上），KAMBOOK_ADMIN_URL 它的管理地址，PORT、HOST、PUBLIC_URL，KAMBOOK_LANG=zh|en\n退出码：0 完成，1 没有完成或被拒绝，2 参数看不懂',
  en: 'Environment: KAMBOOK_DATA data folder (./data), DATABASE_URL a PostgreSQL of your own (15 or newer), KAMBOOK_ADMIN_URL the same for its administrator, PORT, HOST, PUBLIC_URL, KAMBOOK_LANG=zh|en\nExit codes: 0 done, 1 not done or refused, 2 not understood',
}

const both = (zh: string, en: string): Text => ({ zh, en })
const line = (left: string, text: string): string => `  ${left.padEnd(24)} ${text}`

function overview(lang: keyof Text): string {
  const title = { zh: 'kambook：会运行的大客户管理手册', en: 'kambook: the key account handbook that runs' }
  const more = {
    zh: '一个命令的选项：kambook 命令 --help',
    en: 'Options of one command: kambook COMMAND --help',
  }
  const rows = Object.entries(pages).map(([verb, page]) => line(verb, page.does[lang]))
  return [title[lang], '', ...rows, '', more[lang], environment[lang], ''].join('\n')
}

function pageText(page: Page, lang: keyof Text): string {
  return [
    page.does[lang],
    '',
    ...page.usage.map((usage) => `  kambook ${usage}`),
    '',
    ...page.options.map(([option, text]) => line(option, text[lang])),
    '',
  ].join('\n')
}

/** `kambook help [COMMAND]`, and `kambook COMMAND --help`. */
export async function help(args: string[] = []): Promise<void> {
  const [verb] = args.filter((one) => !one.startsWith('-'))
  if (!verb) return say(both(overview('zh'), overview('en')))
  const page = Object.hasOwn(pages, verb) ? pages[verb] : undefined
  if (!page) throw new UsageError(both(`没有命令 ${verb}`, `There is no command ${verb}`))
  say(both(pageText(page, 'zh'), pageText(page, 'en')))
}

/** How a command is used, in one line for an order that was not understood. */
export function usageOf(verb: string | undefined): string {
  const usage = (Object.hasOwn(pages, verb ?? '') ? pages[verb ?? ''] : undefined)?.usage ?? ['help']
  return usage.map((one) => inWords(both(`用法：kambook ${one}`, `Usage: kambook ${one}`))).join('\n')
}
