import { check } from './say.ts'
import { called, forwardOrder, nodesOf } from './steps.ts'

export const loops = check(
  {
    id: 'loops',
    answers: [4, 19],
    about: {
      zh: '数轮次的循环，上限写成参数，并写明到了上限去哪里，那里不是同一步；不数轮次的退回列为说明。',
      en: 'A loop that counts rounds takes its maximum from a norm and names where it leads after that, which is not the same step; ways that send back without counting are noted.',
    },
    why: {
      zh: '只写“最多几轮”不写之后怎么办，最后一轮谁都不敢定；不数轮次的退回可以没完没了。给退回的路写 round < norm.…，再画一条到了上限的去处。',
      en: 'A maximum without a target leaves the last round to nobody; a return that is not counted may go on for ever. Give the way back `round < norm.…` and draw the way for when the maximum is reached.',
    },
  },
  function* (edition) {
    const orders = new Map(
      edition.workflows.flatMap((one) =>
        one.processes.map((process) => [process, forwardOrder(process)] as const),
      ),
    )
    for (const { workflow, process, node } of nodesOf(edition)) {
      if (node.kind !== 'exclusive') continue
      const order = orders.get(process)
      const out = process.flows.filter((one) => one.from === node.id)
      const before = process.flows
        .filter((one) => one.to === node.id)
        .flatMap((one) => process.nodes.filter((other) => other.id === one.from))
      for (const flow of out) {
        const rest = { at: flow.at, ref: `wf:${workflow.id}` }
        const name = flow.name ?? { zh: flow.id, en: flow.id }
        const counts = flow.condition?.includes('round') ?? false
        if (counts && !flow.condition?.includes('norm.'))
          yield {
            ...rest,
            text: {
              zh: `“${name.zh}”的上限写死在图里（${flow.condition}）；改成参数 norm.…`,
              en: `“${name.en}” has its maximum typed into the drawing (${flow.condition}); take it from a norm`,
            },
          }
        const others = out.filter((one) => one !== flow && one.condition === null)
        if (counts && !others.some((one) => one.outcome === flow.outcome || one.outcome === null))
          yield {
            ...rest,
            text: {
              zh: `“${name.zh}”数轮次，却没写到了上限去哪里`,
              en: `“${name.en}” counts rounds, but nothing says where it leads after the maximum`,
            },
          }
        else if (counts && others.some((one) => one.outcome === flow.outcome && one.to === flow.to))
          yield {
            ...rest,
            text: {
              zh: `“${name.zh}”到了上限仍回到同一步，出不去`,
              en: `“${name.en}” leads to the same step again after the maximum: there is no exit`,
            },
          }
        const back = (order?.get(flow.to) ?? 0) <= (order?.get(node.id) ?? 0)
        const refusing = before.find(
          (one) =>
            (one.kind === 'task' || one.kind === 'call') &&
            one.outcomes.some((outcome) => outcome.id === flow.outcome && outcome.negative),
        )
        if (back && refusing && flow.condition === null)
          yield {
            ...rest,
            severity: 'note',
            text: {
              zh: `${called(refusing).zh}可以一再退回；若不该如此，给“${name.zh}”写上轮次上限`,
              en: `${called(refusing).en} may send back again and again; if it should not, give “${name.en}” a maximum of rounds`,
            },
          }
      }
    }
  },
)
