import { describe, expect, it } from 'vitest'
import { describeKey } from '../../src/host/host-key.ts'
import { knownKeys } from '../../src/host/known-hosts.ts'

const one = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0wmN/Cr3JXqmLW7u+g9pTh+wyqDHpSQEIQczXkVx9q'

const found = (text: string, address: string, port = 22) => knownKeys(text, address, port).keys.length

describe('known_hosts', () => {
  it('finds plain names, addresses and patterns, in any case', () => {
    const text = `# comment\nweb-1,192.0.2.10 ${one} note\n*.example.com,!db.example.com ${one}\n10.0.0.? ${one}\n`

    expect(found(text, 'WEB-1')).toBe(1)
    expect(found(text, '192.0.2.10')).toBe(1)
    expect(found(text, 'a.b.example.com')).toBe(1)
    expect(found(text, 'db.example.com')).toBe(0)
    expect(found(text, '10.0.0.7')).toBe(1)
    expect(found(text, '10.0.0.77')).toBe(0)
  })

  it('takes a port other than 22 only where it is written', () => {
    const text = `[web-1]:2222 ${one}\nweb-2 ${one}\n`

    expect(found(text, 'web-1', 2222)).toBe(1)
    expect(found(text, 'web-1')).toBe(0)
    expect(found(text, 'web-2', 2222)).toBe(0)
  })

  it('keeps revoked keys and certificate authorities apart from good keys', () => {
    const known = knownKeys(`@revoked * ${one}\n@cert-authority *.example.com ${one}\n`, 'a.example.com', 22)

    expect(known.keys).toEqual([])
    expect(known.revoked.map(describeKey)).toEqual(['ssh-ed25519 SHA256:FHsTyFHNmvNpw4o7+rp+M1yqMyBF8vXSBRkZtkQ0RKY'])
    expect(known.authority).toBe(true)
  })

  it('passes over lines that are damaged', () => {
    expect(found(`web-1 ssh-ed25519 AAAA\nweb-1\nweb-1 ssh-rsa ${one.split(' ')[1]}\n`, 'web-1')).toBe(0)
  })
})
