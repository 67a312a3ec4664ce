import { check, placeOf } from './say.ts'
import { segmentOf } from './segments.ts'
import { called, callsOf, stepCodes, tasksOf } from './steps.ts'

export const handovers = check(
  {
    id: 'handovers',
    answers: [11, 13],
    about: {
      zh: '调用的区段只从它的第一步进入，它的每个结局都有人接，接的都是它有的结局；另起的步骤都在。',
      en: 'A called segment is entered at its first step only; the call takes up every result word it may end with and no other; every step that is started beside exists.',
    },
    why: {
      zh: '流程之间靠结果词交接：被调用的一方说出一个词，调用的一方据此往下走。词对不上，案子就停在两个流程之间。在调用的结果、区段或被调用流程的结局里改到一致。',
      en: 'Workflows hand over by result words: the called one says a word, the caller goes on by it. Where the words differ the case stops between the two. Bring the outcomes of the call, its segment and the ends of the called process in line.',
    },
  },
  function* (edition) {
    for (const { workflow, node } of callsOf(edition)) {
      const segment = segmentOf(edition, node)
      const rest = { at: node.at, ref: `wf:${workflow.id}/${node.step}` }
      const { zh, en } = called(node)
      if (!segment) {
        if (node.segment && edition.workflows.some((one) => one.id === node.process))
          yield {
            ...rest,
            text: {
              zh: `${zh}从 ${node.segment.from} 开始，${node.process} 里没有这一步`,
              en: `${en} begins at ${node.segment.from}, which ${node.process} does not have`,
            },
          }
        continue
      }
      const entered = segment.entered.filter((one) => one !== node.segment?.from)
      if (entered.length > 0)
        yield {
          ...rest,
          text: {
            zh: `${zh}从 ${node.segment?.from} 开始，${segment.process.id} 的这一段却也从 ${entered.join('、')} 进入`,
            en: `${en} begins at ${node.segment?.from}, but this part of ${segment.process.id} is entered at ${entered.join(', ')}, too`,
          },
        }
      const { words } = segment
      for (const one of node.outcomes)
        if (!words.has(one.id))
          yield {
            ...rest,
            at: placeOf(edition, node.at, `id="${one.id}"`),
            text: {
              zh: `${zh}等待结果 ${one.id}，${segment.process.id} 在这一段却不会有这个结果；会有的是 ${[...words].join('、')}`,
              en: `${en} waits for ${one.id}, which this part of ${segment.process.id} never ends with; it ends with ${[...words].join(', ')}`,
            },
          }
      const beside = segment.workflow.id !== workflow.id
      if (node.outcomes.length > 0 || (beside && segment.due.size > 1))
        for (const word of segment.due)
          if (!node.outcomes.some((one) => one.id === word))
            yield {
              ...rest,
              text: {
                zh: `${segment.process.id} 可能以 ${word} 结束，${zh}没有接住它`,
                en: `${segment.process.id} may end with ${word}, which ${en} does not take up`,
              },
            }
    }
    const known = stepCodes(edition)
    for (const { workflow, node } of [...tasksOf(edition), ...callsOf(edition)])
      for (const outcome of node.outcomes)
        for (const ref of outcome.starts)
          if (!known.has(ref.replace(/^wf:/, '')))
            yield {
              at: placeOf(edition, node.at, ref),
              ref: `wf:${workflow.id}/${node.step}`,
              text: {
                zh: `${called(node).zh}的结果“${outcome.name.zh}”另起 ${ref}，没有这一步`,
                en: `The outcome “${outcome.name.en}” of ${called(node).en} starts ${ref}, which does not exist`,
              },
            }
  },
)
