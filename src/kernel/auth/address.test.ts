import { afterEach, describe, expect, test, vi } from 'vitest'
import { addressOf, networkOf } from './address.ts'

afterEach(() => vi.unstubAllEnvs())

const from = (hops: string, forwarded: string | null, peer = '10.0.0.1') => {
  vi.stubEnv('TRUST_PROXY', hops)
  const headers = new Headers({ 'x-peer-address': peer })
  if (forwarded !== null) headers.set('x-forwarded-for', forwarded)
  return addressOf(new Request('http://127.0.0.1/', { headers }))
}

describe('The address of a request', () => {
  test('is the connection’s own when the operator has named no proxy', () => {
    expect(from('', '203.0.113.9')).toBe('10.0.0.1')
    expect(from('0', '203.0.113.9')).toBe('10.0.0.1')
  })

  test('is what the last trusted proxy has heard, whatever the client has written before it', () => {
    expect(from('1', '198.51.100.7')).toBe('198.51.100.7')
    expect(from('1', '203.0.113.9, 198.51.100.7')).toBe('198.51.100.7')
    expect(from('2', '203.0.113.9, 198.51.100.7, 10.0.0.2')).toBe('198.51.100.7')
    expect(from('true', '203.0.113.9, 198.51.100.7')).toBe('198.51.100.7')
  })

  test('is the nearest there is when fewer proxies have spoken', () => {
    expect(from('2', '198.51.100.7')).toBe('198.51.100.7')
    expect(from('1', null)).toBe('10.0.0.1')
  })

  test('is told without port, brackets and the clothes of IPv4 in IPv6', () => {
    expect(from('1', '198.51.100.7:4711')).toBe('198.51.100.7')
    expect(from('1', '[2001:db8::7]:4711')).toBe('2001:db8::7')
    expect(from('', null, '::ffff:127.0.0.1')).toBe('127.0.0.1')
  })
})

describe('One place', () => {
  test('is an IPv4 address, or a network of 64 bits, however it is written', () => {
    expect(networkOf('198.51.100.7')).toBe('198.51.100.7')
    const same = ['2001:db8:1:2::7', '2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2:0:0:0:9']
    expect(new Set(same.map(networkOf))).toEqual(new Set(['2001:db8:1:2::/64']))
    expect(networkOf('2001:db8:1:3::7')).not.toBe(networkOf('2001:db8:1:2::7'))
    expect(networkOf('::1')).toBe('0:0:0:0::/64')
  })
})
