import { answer } from '../../child/answer.ts'
import type { Task } from './print.ts'
import { printHere } from './set.ts'

answer(({ edition, order }: Task) => printHere(edition, order))
