import { check } from './say.ts'
import { segmentOf } from './segments.ts'
import { callsOf } from './steps.ts'

export const entries = check(
  {
    id: 'entries',
    answers: [4],
    about: {
      zh: '每个流程恰有一个主入口，子流程有人调用，自成一例的子流程写明 kb:entry="own"。',
      en: 'Every workflow has exactly one main process; each other one is called by somebody, or is named as a case of its own by kb:entry="own".',
    },
    why: {
      zh: '没人调用又不自成一例的子流程，永远不会开始。画一个调用，或写明 kb:entry="own"。',
      en: 'A process that nobody calls and that is no case of its own never begins. Draw the call, or write kb:entry="own".',
    },
  },
  function* (edition) {
    const calls = [...callsOf(edition)]
    const begun = new Set(
      calls.flatMap(({ node }) => [node.process, segmentOf(edition, node)?.process.id ?? '']),
    )
    for (const workflow of edition.workflows) {
      if (workflow.processes.length === 0) continue
      const rest = { at: workflow.at, ref: `wf:${workflow.id}` }
      const main = workflow.processes.filter((one) => one.entry === 'main')
      if (main.length !== 1 || main[0]?.id !== workflow.id)
        yield {
          ...rest,
          text: {
            zh: `${workflow.id} 须有一个主流程，kb:ref 就是 ${workflow.id}`,
            en: `${workflow.id} needs one main process whose kb:ref is ${workflow.id}`,
          },
        }
      for (const process of workflow.processes)
        if (process.entry === 'called' && !begun.has(process.id))
          yield {
            ...rest,
            at: process.nodes[0]?.at ?? workflow.at,
            text: {
              zh: `没有步骤调用“${process.name.zh}”（${process.id}）；画一个调用，或写 kb:entry="own"`,
              en: `No step calls “${process.name.en}” (${process.id}); draw a call, or write kb:entry="own"`,
            },
          }
    }
  },
)
