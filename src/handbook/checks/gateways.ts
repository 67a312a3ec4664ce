import type { FlowNode, Process, SequenceFlow } from '../model.ts'
import { check, type Finding } from './say.ts'
import { called, nodesOf } from './steps.ts'

export const gateways = check(
  {
    id: 'gateways',
    answers: [4],
    about: {
      zh: '每个判断至少两条出路，每条都有条件，只有一条可以是默认；前一步的每个结果都有不带条件的去处。',
      en: 'Every decision has two ways or more, each with its condition and one default at most; every outcome of the step before it has a way without a further condition.',
    },
    why: {
      zh: '判断少一条出路，案子就卡在那里；多一条，就没人知道走哪条。给每个结果一条不带条件的去处。',
      en: 'A decision that lacks a way stops the case; one way too many and nobody knows which to take. Give every outcome one way without a further condition.',
    },
  },
  function* (edition) {
    for (const { workflow, process, node } of nodesOf(edition)) {
      const rest = { at: node.at, ref: `wf:${workflow.id}` }
      const out = process.flows.filter((one) => one.from === node.id)
      if (node.kind === 'parallel' || node.kind === 'exclusive') {
        const into = process.flows.filter((one) => one.to === node.id)
        if (out.length < 2 && into.length < 2)
          yield {
            ...rest,
            text: {
              zh: `网关${called(node).zh}既不分开也不合并`,
              en: `The gateway ${called(node).en} neither parts nor joins`,
            },
          }
      } else if (out.length > 1)
        yield {
          ...rest,
          text: {
            zh: `${called(node).zh}之后分叉，须放一个网关`,
            en: `The way parts after ${called(node).en}: put a gateway there`,
          },
        }
      if (node.kind === 'exclusive' && out.length > 1)
        for (const found of ways(node, out, process)) yield { ...rest, ...found }
    }
  },
)

function* ways(
  node: FlowNode,
  out: readonly SequenceFlow[],
  process: Process,
): Iterable<Pick<Finding, 'text'>> {
  const { zh, en } = called(node)
  const bare = out.filter((one) => !one.outcome && !one.condition)
  if (bare.length > 1)
    yield {
      text: {
        zh: `${zh}有 ${bare.length} 条没有条件的出路，只可有一条默认`,
        en: `${en} has ${bare.length} ways without a condition; one default is allowed`,
      },
    }
  if (!out.some((one) => one.outcome)) {
    if (bare.length === 0) yield { text: { zh: `${zh}没有默认出路`, en: `${en} has no default way` } }
    return
  }
  if (bare.length > 0) return
  for (const { from } of process.flows.filter((one) => one.to === node.id)) {
    const before = process.nodes.find((one) => one.id === from)
    if (before?.kind !== 'task' && before?.kind !== 'call') {
      yield {
        text: {
          zh: `${zh}按结果选路，前面须是任务或调用`,
          en: `${en} chooses by outcome: a task or call must stand before it`,
        },
      }
      continue
    }
    for (const outcome of before.outcomes)
      if (!out.some((one) => one.outcome === outcome.id && !one.condition))
        yield {
          text: {
            zh: `${called(before).zh}的结果“${outcome.name.zh}”在${zh}没有不带条件的去处`,
            en: `The outcome “${outcome.name.en}” of ${called(before).en} has no way without a condition at ${en}`,
          },
        }
    for (const one of out)
      if (one.outcome && !before.outcomes.some((outcome) => outcome.id === one.outcome))
        yield {
          text: {
            zh: `${zh}有一条出路等待结果 ${one.outcome}，${called(before).zh}却没有这个结果`,
            en: `A way of ${en} waits for the outcome ${one.outcome}, which ${called(before).en} does not have`,
          },
        }
  }
}
