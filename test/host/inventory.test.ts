import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { InventoryError, loadInventory, parseInventory } from '../../src/host/inventory.ts'

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0wmN/Cr3JXqmLW7u+g9pTh+wyqDHpSQEIQczXkVx9q'

const whole = `
hosts:
  bastion-1: { address: 192.0.2.1, user: medic, agent: true }
  web-1:
    address: 192.0.2.10
    addresses: [10.0.3.7]
    sites: [shop.example.com]
    port: 2222
    user: medic
    identityFile: ~/.ssh/medic
    hostKey: "${key}"
    via: bastion-1
    groups: [edge]
    labels: { env: production }
    act: { user: medic-act, identityFile: /etc/gatemedic/act, units: [checkout-api.service], nginx: true }
    healthPath: /health
    directRequests: false
`

function refusal(text: string): string {
  try {
    parseInventory(text, 'hosts.yml')
  } catch (error) {
    if (error instanceof InventoryError) return error.message
    throw error
  }
  return 'taken'
}

const host = (lines: string) => `hosts:\n  web-1:\n    address: 192.0.2.10\n    user: medic\n${lines}`

describe('an inventory', () => {
  it('is read with its defaults, and with ~ as the home directory', () => {
    const { hosts } = parseInventory(whole, 'hosts.yml')

    expect(hosts.get('bastion-1')).toEqual({
      name: 'bastion-1',
      address: '192.0.2.1',
      addresses: [],
      sites: [],
      port: 22,
      user: 'medic',
      agent: true,
      groups: [],
      labels: {},
      outside: 'off',
      directRequests: true,
    })
    expect(hosts.get('web-1')).toMatchObject({
      identityFile: join(homedir(), '.ssh/medic'),
      port: 2222,
      via: 'bastion-1',
      labels: { env: 'production' },
      act: { user: 'medic-act', identityFile: '/etc/gatemedic/act', units: ['checkout-api.service'], nginx: true },
      healthPath: '/health',
      directRequests: false,
    })
  })

  it.each([
    ['a wrong type', host('    port: many\n'), 'hosts.yml:5: hosts.web-1.port must be a number'],
    ['a value out of range', host('    port: 0\n'), 'hosts.yml:5: hosts.web-1.port must be 1 to 65535'],
    [
      'a misspelt key',
      host('    identity_file: x\n'),
      'hosts.yml:5: hosts.web-1.identity_file is not known; did you mean identityFile?',
    ],
    [
      'a misspelt key of act',
      host('    act:\n      user: x\n      unit: [a]\n'),
      'hosts.yml:7: hosts.web-1.act.unit is not known; did you mean units?',
    ],
    [
      'a missing key',
      'hosts:\n  web-1:\n    user: medic\n',
      'hosts.yml:2: hosts.web-1.address is missing: it must be an address',
    ],
    [
      'an unknown jump host',
      host('    via: nowhere\n'),
      'hosts.yml:5: hosts.web-1.via names nowhere, which is not a host of this inventory',
    ],
    [
      'a damaged key',
      host('    hostKey: ssh-ed25519 AAAA\n'),
      'hosts.yml:5: hosts.web-1.hostKey must be a whole public key such as "ssh-ed25519 AAAA..."',
    ],
    [
      'a unit that is none',
      host('    act: { user: x, units: ["a; reboot"] }\n'),
      'hosts.yml:5: hosts.web-1.act.units.0 must be the whole name of a systemd unit, such as checkout-api.service',
    ],
    [
      'an address that is an option',
      'hosts:\n  web-1:\n    address: -oProxyCommand=x\n    user: m\n',
      'hosts.yml:3: hosts.web-1.address must be an address, without spaces and not beginning with -',
    ],
    ['another top-level key', 'host:\n  web-1: {}\n', 'hosts.yml:1: host is not known here; the only key is hosts'],
    ['no map of hosts', 'hosts: [web-1]\n', 'hosts.yml:1: hosts must be a map with one entry for each host'],
    ['an empty file', '', 'hosts.yml: must have a map "hosts:" with one entry for each host'],
    [
      'a host that is no map',
      'hosts:\n  web-1: yes\n',
      'hosts.yml:2: hosts.web-1 must be a map that has at least address and user',
    ],
  ])('with %s is refused by file, line and key', (_what, text, message) => {
    expect(refusal(text)).toBe(message)
  })

  it('that is not YAML is refused with the line', () => {
    expect(refusal('hosts:\n  web-1: {address: x\n')).toMatch(/^hosts\.yml:\d: the file is not valid YAML: /)
    expect(refusal(host('    user: twice\n'))).toMatch(/^hosts\.yml:5: the file is not valid YAML: .*unique/)
  })

  it('may name one list for two hundred hosts by its anchor', () => {
    const names = Array.from({ length: 200 }, (_, index) => `web-${index}`)
    const lines = names.map(
      (name, index) => `  ${name}: { address: 192.0.2.1, user: medic, groups: ${index === 0 ? '&g [edge]' : '*g'} }`,
    )

    const { hosts } = parseInventory(`hosts:\n${lines.join('\n')}\n`, 'hosts.yml')

    expect([...hosts.values()].filter(({ groups }) => groups.includes('edge'))).toHaveLength(200)
  })

  it('that multiplies itself by its anchors is refused', () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index, all) => {
      const before = all[index - 1]
      const of = before === undefined ? 'x' : `*${before}`
      return `  ${name}: &${name} [${Array.from({ length: 10 }, () => of).join(', ')}]`
    })

    expect(() => parseInventory(`hosts:\n${levels.join('\n')}\n`, 'hosts.yml')).toThrow(/anchors too often/)
  })

  it('whose jump hosts go in a circle is refused with the circle', () => {
    const text = 'hosts:\n  a: {address: x, user: m, via: b}\n  b: {address: y, user: m, via: a}\n'

    expect(refusal(text)).toBe('hosts.yml:2: hosts.a.via goes in a circle: a -> b -> a')
  })

  it('is loaded from a file, and a missing file is named', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'gatemedic-inventory-'))
    await writeFile(join(dir, 'hosts.yml'), whole)

    const inventory = await loadInventory(join(dir, 'hosts.yml'))
    const missing = await loadInventory(join(dir, 'none.yml')).catch((error: unknown) => error)
    await rm(dir, { recursive: true })

    expect([...inventory.hosts.keys()]).toEqual(['bastion-1', 'web-1'])
    expect(missing).toMatchObject({ name: 'InventoryError', message: `${dir}/none.yml: there is no such file` })
  })

  it('of Ansible is read from the JSON of ansible-inventory --list', () => {
    const listing = {
      _meta: {
        hostvars: {
          'web-1': {
            ansible_host: '192.0.2.10',
            ansible_port: '2222',
            ansible_user: 'deploy',
            ansible_ssh_private_key_file: '/keys/id',
            other: [1],
          },
        },
      },
      all: { children: ['ungrouped', 'edge'] },
      edge: { children: ['frontend'] },
      frontend: { hosts: ['web-1', 'web-2'] },
      ungrouped: { hosts: ['db-1'] },
    }

    const { hosts } = parseInventory(JSON.stringify(listing), 'ansible.json')

    expect(hosts.get('web-1')).toMatchObject({
      address: '192.0.2.10',
      port: 2222,
      user: 'deploy',
      identityFile: '/keys/id',
      groups: ['edge', 'frontend'],
    })
    expect(hosts.get('web-2')).toMatchObject({ address: 'web-2', port: 22, user: 'root', agent: true })
    expect(hosts.get('db-1')).toMatchObject({ groups: [] })
    expect(hosts.get('web-1')?.act).toBeUndefined()
  })
})
