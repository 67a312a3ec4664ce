import type { Approval } from '../../kernel/handbook/wire.ts'
import { useGet } from '../query.ts'

/** What waits for a second person as far as it concerns the reader (undefined until read), and how much of it waits for his own word. */
export function useApprovals(): { items: readonly Approval[] | undefined; pending: boolean; yours: number } {
  const { data, isPending } = useGet<{ items: Approval[] }>('/handbook/approvals', {}, { staleTime: 30_000 })
  const items = data?.items
  return { items, pending: isPending, yours: items?.filter((one) => one.request.mayDecide).length ?? 0 }
}
