import { say } from '../say.ts'

/** `kambook help` */
export async function help(): Promise<void> {
  say({
    zh: `kambook：会运行的大客户管理手册

  kambook start [--sample] [--port 8080] [--host 127.0.0.1]   启动；--sample 用示例公司
  kambook token --user LOGIN [--days 90]                      取接口令牌，最后一行就是
  kambook sample [--password [新密码]] [--date 2018-01-02]    重设示例公司的密码或业务日期
  kambook handbook check [文件夹]                             检查手册
  kambook handbook build [文件夹] [--out 文件夹]              印出手册（Word、PDF，中文、英文）
  kambook handbook draw 文件…                                 改过 .bpmn 的文字后，重排图上的位置
  kambook import 文件 --user LOGIN [--map 对应表] [--basis order|shipment|acceptance] [--dry-run] [--yes]
                                                              导入销售文件
  kambook doctor                                              检查这台机器和数据，不改动任何东西

环境变量：KAMBOOK_DATA 数据文件夹（默认 ./data），DATABASE_URL 自有 PostgreSQL（15 以上），PORT、HOST、PUBLIC_URL，KAMBOOK_LANG=zh|en
`,
    en: `kambook: the key account handbook that runs

  kambook start [--sample] [--port 8080] [--host 127.0.0.1]   start; --sample takes the sample company
  kambook token --user LOGIN [--days 90]                      make an API token, printed as the last line
  kambook sample [--password [NEW]] [--date 2018-01-02]       set the sample company's password or business date
  kambook handbook check [FOLDER]                             check a handbook
  kambook handbook build [FOLDER] [--out FOLDER]              print it (Word and PDF, Chinese and English)
  kambook handbook draw FILE...                               give a .bpmn positions anew after its text was edited
  kambook import FILE --user LOGIN [--map MAPPING] [--basis order|shipment|acceptance] [--dry-run] [--yes]
                                                              import a sales file
  kambook doctor                                              look at this machine and the data; changes nothing

Environment: KAMBOOK_DATA data folder (./data), DATABASE_URL a PostgreSQL of your own (15 or newer), PORT, HOST, PUBLIC_URL, KAMBOOK_LANG=zh|en
`,
  })
}
