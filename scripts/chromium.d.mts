export const chromiumArgs: string[]
export function findChromium(): Promise<
  { path: string; env: Record<string, string> } | { path: null; why: string }
>
