import { z } from '@hono/zod-openapi'
import { type ToldWalk, tellWalk } from '../../handbook/walk/told.ts'
import { addDays, addWorkdays, workdayFrom } from '../../handbook/workdays.ts'
import { dueDay } from '../calendar/calendar.ts'
import { type Route, route } from '../http/route.ts'
import { invalid, notFound } from '../refusal.ts'
import { editionOf } from './rows.ts'

const text = z.object({ zh: z.string(), en: z.string() })
const task = z.object({
  node: z.string(),
  step: z.string(),
  name: text,
  post: z.string().nullable(),
  person: text.nullable(),
  opened: z.string(),
  due: z.string().nullable(),
  dueWords: text.nullable(),
  note: text.nullable(),
  round: z.number().int(),
  outcomes: z.array(
    z.object({ id: z.string(), name: text, negative: z.boolean(), starts: z.array(z.string()) }),
  ),
})
/** GET editions/{id}/walk: what was done by the choices given, and who waits now. */
export const walkSchema = z
  .object({
    done: z.array(
      task.extend({
        outcome: z.string().nullable(),
        outcomeName: text.nullable(),
        milestones: z.array(z.string()),
        result: z.string().nullable(),
      }),
    ),
    waiting: z.array(task),
    result: z.string().nullable(),
  })
  .openapi('Walk')
export type WalkAnswer = z.infer<typeof walkSchema>

/** Walking a workflow of an edition without records: for training, and to try a drawing before it is published. */
export const walkRoute: Route = route(
  {
    method: 'get',
    path: '/api/v1/handbook/editions/{id}/walk',
    tag: 'Handbook',
    access: { who: 'signed-in' },
    summary: { zh: '走一遍流程', en: 'Walk through a workflow' },
    params: z.object({ id: z.string().regex(/^(effective|\d{1,9})$/) }),
    query: z.object({
      process: z.string().max(60),
      /** Choices in order, `register.known` each, separated by commas. */
      choices: z.string().max(8000).optional(),
    }),
    answer: walkSchema,
  },
  async (ctx, call): Promise<ToldWalk> => {
    const { edition } = await editionOf(ctx, call.params.id)
    const { process: wanted, choices } = call.query
    const process = edition.workflows.flatMap((one) => one.processes).find((one) => one.id === wanted)
    if (!process) throw notFound()
    const { calendar } = edition
    const begun = workdayFrom(calendar, ctx.clock.today())
    const at = (day: string) => ({ year: Number(begun.slice(0, 4)), opened: new Date(`${day}T01:00:00Z`) })
    try {
      return tellWalk(
        edition,
        process,
        choices ? choices.split(',') : [],
        {
          due: (deadline, opened) => {
            const day = dueDay(calendar, deadline, at(opened))
            return day !== null && day < opened ? addWorkdays(calendar, opened, 1) : day
          },
          next: (day) => workdayFrom(calendar, addDays(day, 1)),
        },
        begun,
      )
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw invalid(
        {
          zh: `走不下去：此处没有“${error.message}”这个选择。从头再走一遍`,
          en: `The walk stops: “${error.message}” cannot be chosen here. Begin again`,
        },
        [{ path: 'choices', text: { zh: error.message, en: error.message } }],
      )
    }
  },
)
