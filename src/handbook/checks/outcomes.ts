import { check, placeOf, repeated } from './say.ts'
import { called, callsOf, nodesOf, tasksOf } from './steps.ts'

export const outcomes = check(
  {
    id: 'outcomes',
    answers: [4],
    about: {
      zh: '每一步至少有一个办结的结果，结果不重名，拒绝和办结分路走；流程的结局就是写明的结果词，一个不多一个不少。',
      en: 'Every step has an outcome that gets it done, outcomes do not repeat, a refusal goes another way than the rest; the ends of a workflow are its declared result words, no more and no fewer.',
    },
    why: {
      zh: '没有能办结的结果，这一步就永远办不完；结果词没写明，上一级流程接不住；写明了却走不到的结果词是空话。',
      en: 'A step without an outcome that gets it done is never done; a result word that is not declared cannot be taken up by the flow above; one that no way reaches is an empty promise.',
    },
  },
  function* (edition) {
    for (const { workflow, node } of tasksOf(edition)) {
      const rest = {
        at: node.at,
        ref: `wf:${workflow.id}/${node.step}`,
      }
      const { zh, en } = called(node)
      if (!node.outcomes.some((one) => !one.negative))
        yield { ...rest, text: { zh: `${zh}没有办结的结果`, en: `${en} has no outcome that gets it done` } }
      for (const one of repeated(node.outcomes, (outcome) => outcome.id))
        yield {
          ...rest,
          at: placeOf(edition, node.at, one.id),
          text: { zh: `${zh}的结果 ${one.id} 重复`, en: `The outcome ${one.id} of ${en} stands twice` },
        }
    }
    for (const { workflow, node } of nodesOf(edition)) {
      const word = node.kind === 'end' ? node.result : node.kind === 'milestone' ? node.word : null
      if (word !== null && !workflow.results.some((one) => one.id === word))
        yield {
          at: node.at,
          ref: `wf:${workflow.id}`,
          text: {
            zh: `结果词 ${word} 没有写进流程的 kb:result`,
            en: `The result word ${word} is not declared by a kb:result of the workflow`,
          },
        }
    }
    for (const { workflow, process, node } of [...tasksOf(edition), ...callsOf(edition)]) {
      if (node.outcomes.length < 2 || !node.outcomes.some((one) => one.negative)) continue
      const next = process.flows
        .filter((one) => one.from === node.id)
        .map((one) => process.nodes.find((other) => other.id === one.to))
      const chooses = (id: string | undefined) =>
        process.flows.some((one) => one.from === id && one.outcome !== null)
      if (next.length === 1 && next[0]?.kind === 'exclusive' && chooses(next[0].id)) continue
      yield {
        at: node.at,
        ref: `wf:${workflow.id}/${node.step}`,
        text: {
          zh: `${called(node).zh}可以拒绝或退回，后面却没有按结果选路的判断：拒绝和办结走同一条路`,
          en: `${called(node).en} may refuse or return, but no decision after it chooses by the outcome: a refusal goes the same way`,
        },
      }
    }
    for (const workflow of edition.workflows) {
      const reached = new Set(
        workflow.processes.flatMap((process) =>
          process.nodes.map((node) =>
            node.kind === 'end' ? node.result : node.kind === 'milestone' ? node.word : '',
          ),
        ),
      )
      for (const one of workflow.results)
        if (workflow.processes.length > 0 && !reached.has(one.id))
          yield {
            at: placeOf(edition, workflow.at, `id="${one.id}"`),
            ref: `wf:${workflow.id}`,
            text: {
              zh: `结果词“${one.name.zh}”（${one.id}）没有结局走到`,
              en: `No end leads to the result word “${one.name.en}” (${one.id})`,
            },
          }
    }
  },
)
