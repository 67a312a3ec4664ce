import { evaluate } from 'feelin'
import type { Norm } from '../../handbook/model.ts'
import { Refusal } from '../refusal.ts'

/**
 * Judges a FEEL condition of a flow over `round` and `norm.<id>.<value>`.
 * A null, a warning or anything but true or false refuses the step (`condition`, 500): a misspelt name must not choose a way.
 */
export function judge(expression: string, round: number, norms: readonly Norm[]): boolean {
  const norm = Object.fromEntries(
    norms.map((one) => [
      one.id.replace(/^norm\./, ''),
      Object.fromEntries(Object.entries(one.values).map(([id, value]) => [id, value.value])),
    ]),
  )
  const { value, warnings } = evaluate(expression, { round, norm })
  if (typeof value === 'boolean' && warnings.length === 0) return value
  throw new Refusal(500, 'condition', {
    zh: `流程条件算不出结果：${expression}。管理员核对手册里的参数名后再办`,
    en: `The workflow's condition gives no result: ${expression}. The administrator checks the names of its norms`,
  })
}
