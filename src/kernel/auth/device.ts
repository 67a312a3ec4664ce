import type { Text } from '../../handbook/model.ts'

type Known = readonly (readonly [told: RegExp, name: Text])[]
const same = (word: string): Text => ({ zh: word, en: word })

// The first that fits: browsers call themselves by their ancestors' names as well.
const programs: Known = [
  [/MicroMessenger/i, { zh: '微信', en: 'WeChat' }],
  [/DingTalk/i, { zh: '钉钉', en: 'DingTalk' }],
  [/Lark|Feishu/i, { zh: '飞书', en: 'Lark' }],
  [/QQBrowser/i, { zh: 'QQ 浏览器', en: 'QQ Browser' }],
  [/UCBrowser/i, { zh: 'UC 浏览器', en: 'UC Browser' }],
  [/Edg(e|A|iOS)?\//, same('Edge')],
  [/OPR\/|Opera/, same('Opera')],
  [/Firefox|FxiOS/, same('Firefox')],
  [/Chrome|CriOS|Chromium/, same('Chrome')],
  [/Safari/, same('Safari')],
]
const systems: Known = [
  [/HarmonyOS|OpenHarmony/i, { zh: '鸿蒙', en: 'HarmonyOS' }],
  [/iPhone/, same('iPhone')],
  [/iPad/, same('iPad')],
  [/Android/, { zh: '安卓', en: 'Android' }],
  [/Windows/, same('Windows')],
  [/Mac OS X|Macintosh/, same('Mac')],
  [/Linux|X11/, same('Linux')],
]

/** What a browser says of itself, in words: `Chrome · Windows`. */
export function deviceOf(agent: string | null): Text {
  const found = [programs, systems].flatMap(
    (list) => list.find(([told]) => told.test(agent ?? ''))?.[1] ?? [],
  )
  if (found.length === 0) return agent ? { zh: '脚本或其他程序', en: 'A script or another program' } : unknown
  return { zh: found.map((one) => one.zh).join(' · '), en: found.map((one) => one.en).join(' · ') }
}
const unknown: Text = { zh: '未知设备', en: 'Unknown device' }
