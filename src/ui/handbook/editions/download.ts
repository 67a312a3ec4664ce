import { ApiProblem, address } from '../../api.ts'

/** Fetches the source files of an edition and hands them to the browser. */
export async function downloadFiles(id: number, number: string): Promise<void> {
  const response = await fetch(address(`/handbook/editions/${id}/files`), { credentials: 'same-origin' })
  if (!response.ok)
    throw new ApiProblem(response.status, (await response.json().catch(() => ({}))) as Record<string, never>)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = `handbook-${number}.zip`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
