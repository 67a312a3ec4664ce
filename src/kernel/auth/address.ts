/** How many proxies of the operator's own stand before the program: `TRUST_PROXY`, 0 when none is named. */
function trustedHops(): number {
  const said = process.env.TRUST_PROXY?.trim() ?? ''
  const hops = Number(said)
  if (Number.isInteger(hops) && hops >= 0 && hops <= 20) return hops
  // A word instead of a number was taken as "there is one" before numbers were asked for.
  return 1
}

/**
 * Address a request comes from. Every proxy adds whom it heard of on the right; what stands further left than the trusted ones may have
 * been written by the client itself and counts for nothing.
 */
export function addressOf(request: Request): string {
  const peer = plain(request.headers.get('x-peer-address') ?? 'local')
  const hops = trustedHops()
  const told = (request.headers.get('x-forwarded-for') ?? '').split(',').flatMap((one) => plain(one) || [])
  if (hops === 0 || told.length === 0) return peer
  return told[Math.max(0, told.length - hops)] ?? peer
}

/** An address without port, brackets, zone, and the clothes that IPv4 wears in IPv6. */
function plain(said: string): string {
  const text = said.trim().slice(0, 80)
  const bare = /^\[([^\]]+)\]/.exec(text)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(text)?.[1] ?? text
  return bare.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '')
}

/** What is counted as one place: an IPv4 address, and of IPv6 the first 64 bits, all of which one household owns. */
export function networkOf(address: string): string {
  if (!address.includes(':') || !/^[\da-f:.]+$/i.test(address)) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail === undefined ? [] : tail.split(':').filter(Boolean)
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(gap).fill('0'), ...right]
  return `${groups
    .slice(0, 4)
    .map((one) => one.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
