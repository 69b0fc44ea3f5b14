import { describe, expect, it } from 'vitest'
import { lookFromOutside } from '../../src/examine/outside.ts'
import { parseInventory } from '../../src/host/inventory.ts'

const signal = new AbortController().signal

function hostWith(settings: string, address = '127.0.0.1') {
  const inventory = parseInventory(
    `hosts:\n  web-1:\n    address: ${address}\n    addresses: ['::1']\n    user: medic\n    knownHosts: /etc/ssh/known\n    agent: true\n${settings}`,
    'hosts.yml',
  )
  const host = inventory.hosts.get('web-1')
  if (!host) throw new Error('no web-1')
  return { host, hosts: inventory.hosts }
}

describe('a site seen from outside', () => {
  it('is not looked at unless the inventory asks for it', async () => {
    const { host, hosts } = hostWith('    sites: [localhost]\n')

    expect(await lookFromOutside(host, hosts, signal)).toEqual([])
  })

  it('is told by its addresses, and belongs to the host when one of them is in the inventory', async () => {
    const { host, hosts } = hostWith('    sites: [localhost]\n    outside: resolve\n')

    const [seen] = await lookFromOutside(host, hosts, signal)

    expect(seen).toMatchObject({ site: 'localhost', elsewhere: false, answer: null })
    expect(seen?.addresses.some((address) => address === '127.0.0.1' || address === '::1')).toBe(true)
  })

  it('leads elsewhere when no host of the inventory has its address', async () => {
    const inventory = parseInventory(
      'hosts:\n  web-1:\n    address: 192.0.2.1\n    user: medic\n    knownHosts: /etc/ssh/known\n    agent: true\n    sites: [localhost]\n    outside: resolve\n',
      'hosts.yml',
    )
    const host = inventory.hosts.get('web-1')
    if (!host) throw new Error('no web-1')

    const [seen] = await lookFromOutside(host, inventory.hosts, signal)

    expect(seen?.elsewhere).toBe(true)
  })

  it('says when the name does not resolve', async () => {
    const { host, hosts } = hostWith('    sites: [no-such-name.invalid]\n    outside: resolve\n')

    const [seen] = await lookFromOutside(host, hosts, signal)

    expect(seen).toMatchObject({ addresses: [], elsewhere: false })
    expect(seen?.answer).toMatch(/does not resolve|did not resolve/)
  })
})
