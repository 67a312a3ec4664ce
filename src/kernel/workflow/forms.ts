import type { Form } from '../../handbook/model.ts'
import type { Ctx } from '../context.ts'
import { editionInside } from '../handbook/stored.ts'

/**
 * A form as an edition lays it out; work under way keeps the layouts of the edition it began under.
 * @returns `null` when the edition has no such form, or can no longer be read by this program
 */
export async function formIn(ctx: Ctx, editionId: number, form: string): Promise<Form | null> {
  const edition = await editionInside(ctx, editionId)
  return edition?.forms.find((one) => one.id === form) ?? null
}
