import { rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Capture } from '../../src/diagnosis/capture.ts'
import { hostPath } from '../../src/host/batch-shell.ts'
import { programs, runBatch } from './local-batch.ts'
import { question } from './question.ts'

/** What sudo 1.9 prints for `sudo -n -l`, as long as the user needs a password for something else. */
function listing(...entries: readonly string[]): string {
  return `Matching Defaults entries for medic on web-1:
    env_reset, mail_badpass, secure_path=/usr/local/sbin\\:/usr/local/bin\\:/usr/sbin\\:/usr/bin\\:/sbin\\:/bin

User medic may run the following commands on web-1:
${entries.map((entry) => `    ${entry}\n`).join('')}`
}

/** Runs `as_root <words>` as a user for whom sudo lists this; the sudo here prints what it was asked to run. */
async function asRoot(list: string, ...commands: readonly string[]): Promise<readonly Capture[]> {
  const dir = await programs({
    id: { text: '#!/bin/sh\necho 1000\n' },
    sudo: {
      text: `#!/bin/sh\n[ "$2" = -l ] && { cat <<'EOF'\n${list}EOF\nexit 0; }\n[ "$1" = -n ] || echo interactive\nshift\necho "root ran: $*"\n`,
    },
  })
  const questions = commands.map((words) => question('root', `as_root ${words}`))
  const captures = await runBatch(['/bin/sh', '-s'], questions, { path: `${dir}:${hostPath}` })
  await rm(dir, { recursive: true })
  return captures
}

describe('as_root', () => {
  it('runs what sudo lists without a password, by the path that is listed', async () => {
    const list = listing(
      '(root) NOPASSWD: /usr/sbin/nginx -T, /usr/bin/ss -Htanp',
      '(root) NOPASSWD: /usr/bin/dmesg ""',
    )

    const captures = await asRoot(list, 'nginx -T', '/usr/bin/ss -Htanp', 'dmesg')

    expect(captures.map(({ stdout }) => stdout)).toEqual([
      'root ran: /usr/sbin/nginx -T\n',
      'root ran: /usr/bin/ss -Htanp\n',
      'root ran: /usr/bin/dmesg\n',
    ])
  })

  it('takes of several listed paths the one that is there', async () => {
    const list = listing('(root) NOPASSWD: /nowhere/true "", /bin/true "", /nowhere/else/true ""')

    const [capture] = await asRoot(list, 'true')

    expect(capture?.stdout).toBe('root ran: /bin/true\n')
  })

  it('refuses what is not listed word by word', async () => {
    const list = listing('(root) NOPASSWD: /usr/sbin/nginx -T', '(root) NOPASSWD: /usr/bin/x /usr/bin/nft list ruleset')

    const captures = await asRoot(
      list,
      'nginx -t',
      'nginx',
      'nginx -T -c x',
      '/opt/nginx -T',
      'nft list ruleset',
      '"nginx -T"',
    )

    expect(captures.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual(captures.map(() => [126, '']))
    expect(captures[0]?.stderr).toBe('sudo refused: nginx -t\n')
  })

  it('refuses what needs a password, what is for another user, and what is denied', async () => {
    const list = listing(
      '(root) PASSWD: /usr/sbin/nginx -T',
      '(www-data) NOPASSWD: /usr/bin/ss -Htanp',
      '(root) NOPASSWD: /usr/bin/dmesg, PASSWD: /usr/sbin/ufw status verbose',
      '(ALL) NOPASSWD: ALL, !/usr/sbin/iptables-save',
    )
    const withoutAll = list.replace(/^ {4}\(ALL\).*$/m, '    (root) NOPASSWD: /bin/true')

    const denied = await asRoot(list, 'iptables-save', 'dmesg')
    const others = await asRoot(withoutAll, 'nginx -T', 'ss -Htanp', 'ufw status verbose', 'dmesg')

    expect(denied.map(({ exitCode }) => exitCode)).toEqual([126, 0])
    expect(others.map(({ exitCode }) => exitCode)).toEqual([126, 126, 126, 0])
  })

  it('runs everything for a user who may do everything without a password', async () => {
    const [any] = await asRoot(listing('(ALL : ALL) NOPASSWD: ALL'), 'nft list ruleset')
    const [password] = await asRoot(listing('(ALL : ALL) ALL'), 'nft list ruleset')

    expect(any?.stdout).toBe('root ran: nft list ruleset\n')
    expect(password).toMatchObject({ exitCode: 126, stderr: 'sudo refused: nft list ruleset\n' })
  })

  it('reads a list that sudo wrapped for a narrow terminal', async () => {
    const wrapped = listing('(root) NOPASSWD: /usr/bin/ss -Htanp, /usr/sbin/nft list\n        ruleset, /usr/bin/dmesg')

    const [capture] = await asRoot(wrapped, 'nft list ruleset')

    expect(capture?.stdout).toBe('root ran: /usr/sbin/nft list ruleset\n')
  })

  it('refuses everything where sudo lists nothing', async () => {
    const [capture] = await asRoot('', 'dmesg')

    expect(capture).toMatchObject({ exitCode: 126, stdout: '', stderr: 'sudo refused: dmesg\n' })
  })

  it('asks sudo nothing when the user is root', async () => {
    const dir = await programs({
      id: { text: '#!/bin/sh\necho 0\n' },
      sudo: { text: '#!/bin/sh\necho asked\n' },
    })

    const [capture] = await runBatch(['/bin/sh', '-s'], [question('root', 'as_root echo "a  b"')], {
      path: `${dir}:${hostPath}`,
    })
    await rm(dir, { recursive: true })

    expect(capture?.stdout).toBe('a  b\n')
  })
})
