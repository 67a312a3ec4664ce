import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encodingOf, packed, textAnswer } from './pack.ts'

const accounts = { items: Array.from({ length: 200 }, (_, n) => ({ id: n, name: `恒川${n}有限公司` })) }
const json = (body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
/** The same, made as the program makes its answers. */
const told = (body: unknown) =>
  textAnswer(JSON.stringify(body), { headers: { 'content-type': 'application/json; charset=utf-8' } })
const asks = (headers: Record<string, string>, method = 'GET') =>
  new Request('http://kambook.test/api/v1/records/account', { method, headers })
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer())

test('a list comes packed as its reader takes it, and says so to those who keep it on the way', async () => {
  const brotli = await packed(asks({ 'accept-encoding': 'gzip, br' }), json(accounts))
  expect(brotli.headers.get('content-encoding')).toBe('br')
  expect(brotli.headers.get('vary')).toMatch(/accept-encoding/)
  const came = await bytes(brotli)
  expect(came.length).toBeLessThan(JSON.stringify(accounts).length / 4)
  expect(JSON.parse(brotliDecompressSync(came).toString())).toEqual(accounts)
  const gzipped = await packed(asks({ 'accept-encoding': 'gzip' }), json(accounts))
  expect(gzipped.headers.get('content-encoding')).toBe('gzip')
  expect(JSON.parse(gunzipSync(await bytes(gzipped)).toString())).toEqual(accounts)
})

test('it stays as it is for who takes nothing packed, when it is small, and when it is no JSON', async () => {
  const plain = await packed(asks({}), json(accounts))
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.json()).toEqual(accounts)
  const br = { 'accept-encoding': 'br' }
  const small = await packed(asks(br), json({ id: 1 }))
  expect(small.headers.get('content-encoding')).toBeNull()
  expect(await small.json()).toEqual({ id: 1 })
  const sheet = new Response('x'.repeat(5000), { headers: { 'content-type': 'text/csv' } })
  expect((await packed(asks(br), sheet)).headers.get('content-encoding')).toBeNull()
  const sealed = json(accounts, { 'cache-control': 'no-store, no-transform' })
  expect((await packed(asks(br), sealed)).headers.get('content-encoding')).toBeNull()
})

test('the length tells another site nothing: its requests, and acts, whose answers hold secrets, are not packed', async () => {
  const br = { 'accept-encoding': 'br' }
  for (const site of ['cross-site', 'same-site'])
    expect(
      (await packed(asks({ ...br, 'sec-fetch-site': site }), json(accounts))).headers.get('content-encoding'),
    ).toBeNull()
  expect((await packed(asks(br, 'POST'), json(accounts))).headers.get('content-encoding')).toBeNull()
  for (const site of ['same-origin', 'none'])
    expect(
      (await packed(asks({ ...br, 'sec-fetch-site': site }), json(accounts))).headers.get('content-encoding'),
    ).toBe('br')
})

test('an encoding without weight is one refused', () => {
  expect(encodingOf('br;q=0, gzip;q=0.5')).toBe('gzip')
  expect(encodingOf('BR')).toBe('br')
  expect(encodingOf('gzip; q=0.0, identity')).toBeNull()
  expect(encodingOf('broom')).toBeNull()
})

test('an answer whose text is known is packed without being read, long or short, in any letters', async () => {
  const br = { 'accept-encoding': 'br' }
  const long = await packed(asks(br), told(accounts))
  expect(long.headers.get('content-encoding')).toBe('br')
  expect(JSON.parse(brotliDecompressSync(await bytes(long)).toString())).toEqual(accounts)
  const answer = told({ name: '恒川' })
  expect(await packed(asks(br), answer)).toBe(answer)
  expect(await answer.json()).toEqual({ name: '恒川' })
  const plain = told(accounts)
  expect(await packed(asks({}), plain)).toBe(plain)
})
