import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { sudoersFor, SudoersNameError } from '../../src/cli/sudoers-text.ts'
import { rootCommands } from '../../src/probes/root.ts'

const visudo = ['/usr/sbin/visudo', '/sbin/visudo', '/usr/local/sbin/visudo'].find((path) => existsSync(path))
const acting = {
  user: 'medic',
  hosts: [
    { name: 'web-2', act: { user: 'medic-act', units: ['checkout-api.service'], nginx: true } },
    { name: 'web-1', act: { user: 'medic-act', units: ['checkout-api.service', 'app@1:2.service'], nginx: false } },
    { name: 'web-3' },
  ],
}

describe('the generated sudoers file', () => {
  test.each([
    ['read-only', { user: 'medic', hosts: [] }],
    ['acting', acting],
  ])('is the golden one: %s', async (name, request) => {
    await expect(sudoersFor(request)).toMatchFileSnapshot(`../../deploy/sudoers/${name}.sudoers`)
  })

  test.skipIf(visudo === undefined)('is accepted by visudo (left out where sudo is not installed)', () => {
    const odd = {
      user: 'medic',
      hosts: [{ name: 'a', act: { user: 'act', units: ['a\\x2db@1:2.service'], nginx: true } }],
    }

    const answers = [acting, odd].map((request) =>
      spawnSync(visudo ?? '', ['-cf', '-'], { input: sudoersFor(request), encoding: 'utf8' }),
    )

    expect(answers.map(({ status, stderr }) => [status, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ])
  })

  test('holds every command that probes run as root, and no other for the read user', () => {
    const commands = commandsOf(sudoersFor({ user: 'medic', hosts: acting.hosts }), 'GATEMEDIC_READ')

    const words = new Set(commands.map((command) => command.replace(/^\S*\//, '').replace(/ ""$/, '')))
    expect(words).toEqual(new Set(rootCommands.map((argv) => argv.join(' '))))
  })

  test('has no wildcard and no command that any argument could be given to', () => {
    const commands = [...sudoersFor(acting).matchAll(/^ {4}(\/.*?)(?:, \\)?$/gm)].map((match) => match[1] ?? '')

    expect(commands.length).toBeGreaterThan(20)
    expect(commands.filter((command) => /[*?[\]!^]/.test(command) || !command.includes(' '))).toEqual([])
  })

  test('gives the act user nothing on a host without units, and the units of its hosts otherwise', () => {
    const none = sudoersFor({ user: 'medic', hosts: [{ name: 'a', act: { user: 'act', units: [], nginx: false } }] })
    const some = commandsOf(sudoersFor(acting), 'GATEMEDIC_ACT_1')

    expect(none).not.toContain('act ALL=')
    expect(some).toContain('/usr/bin/systemctl start checkout-api.service')
    expect(some).toContain(String.raw`/usr/bin/systemctl reset-failed app@1\:2.service`)
    expect(some.filter((command) => /\b(?:stop|disable|mask|kill|edit)\b/.test(command))).toEqual([])
  })

  test.each(['ALL', '%wheel', '#0', '+net', 'a,b', 'a b', '', 'medic\nroot ALL=(ALL) ALL', '!medic'])(
    'refuses %j as a user',
    (user) => {
      expect(() => sudoersFor({ user, hosts: [] })).toThrow(SudoersNameError)
    },
  )

  test.each(['*.service', 'a b.service', 'a.service, ALL', '-a.service', 'a?.service', 'a\n.service'])(
    'refuses %j as a unit',
    (unit) => {
      const hosts = [{ name: 'a', act: { user: 'act', units: [unit], nginx: false } }]

      expect(() => sudoersFor({ user: 'medic', hosts })).toThrow(SudoersNameError)
    },
  )
})

function commandsOf(text: string, alias: string): readonly string[] {
  const body = new RegExp(String.raw`^Cmnd_Alias ${alias} = \\\n((?: {4}.*\n)+)`, 'm').exec(text)?.[1] ?? ''
  return body.split('\n').flatMap((line) => (line === '' ? [] : [line.trim().replace(/, \\$/, '')]))
}
