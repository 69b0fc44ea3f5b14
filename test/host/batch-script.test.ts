import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchCommand } from '../../src/host/batch-script.ts'
import { hostPath } from '../../src/host/batch-shell.ts'
import { missing, programs, runBatch } from './local-batch.ts'
import { question } from './question.ts'

const applets = ['sh', 'head', 'sleep', 'setsid', 'timeout', 'id', 'cat', 'awk', 'yes', 'tr']
const busybox = '/usr/bin/busybox'

const shells = [
  { name: 'dash', program: '/usr/bin/dash', links: { sh: { link: '/usr/bin/dash' } }, rest: `:${hostPath}` },
  { name: 'bash', program: '/usr/bin/bash', links: { sh: { link: '/usr/bin/bash' } }, rest: `:${hostPath}` },
  // Nothing but busybox on PATH: no GNU timeout, no GNU head.
  {
    name: 'busybox',
    program: busybox,
    links: Object.fromEntries(applets.map((name) => [name, { link: busybox }])),
    rest: '',
  },
]

describe.each(shells)('a batch under $name', ({ program, links, rest }) => {
  const why = missing(program)
  let dir = ''
  beforeAll(async () => {
    dir = await programs(links)
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  it.skipIf(why)('answers, cuts, ends what hangs and goes on', async () => {
    const captures = await runBatch(
      [`${dir}/sh`, '-s'],
      [
        question('plain', 'printf "%s|" "$@"; echo oops >&2; exit 7', { args: ["it's", '$x', 'a b'] }),
        question('flood', 'yes', { cap: 100 }),
        question('hang', 'echo before; (sleep 41.5 & wait) & sleep 41.5', { seconds: 1 }),
        question('stubborn', `sh -c 'trap "" TERM; sleep 41.5; :' & echo x`, { seconds: 1 }),
        question('after', 'echo on'),
      ],
      { path: `${dir}${rest}` },
    )

    const [plain, flood, hang, stubborn, after] = captures
    expect(plain).toMatchObject({ exitCode: 7, stdout: "it's|$x|a b|", stderr: 'oops\n' })
    expect(flood).toMatchObject({ truncated: true, stdout: 'y\n'.repeat(50) })
    expect(hang).toMatchObject({ exitCode: null, timedOut: true, stdout: 'before\n', stderr: '' })
    expect(stubborn).toMatchObject({ exitCode: null, timedOut: true })
    expect(after).toMatchObject({ exitCode: 0, stdout: 'on\n' })
  })
})

describe('a batch', () => {
  describe.each(['/usr/bin/fish', '/usr/bin/tcsh', '/usr/bin/bash'])('for a user whose login shell is %s', (shell) => {
    it.skipIf(missing(shell))('works all the same', async () => {
      // sshd starts a command as `<login shell> -c <command>`.
      const [capture] = await runBatch([shell, '-c', batchCommand], [question('who', 'echo "$1"', { args: ['a!b'] })])

      expect(capture).toMatchObject({ exitCode: 0, stdout: 'a!b\n' })
    })
  })

  it('runs nothing of a script that was cut on its way', async () => {
    const ask = [question('first', 'echo ran'), question('second', 'echo ran')]

    const captures = await runBatch(['/bin/sh', '-s'], ask, {
      text: (script) => script.slice(0, script.lastIndexOf('gm_ask 1')),
    })

    expect(captures.map(({ stdout }) => stdout)).toEqual(['', ''])
  })

  it('says that it runs nothing where nothing could end a hanging probe', async () => {
    const dir = await programs({ id: { link: '/usr/bin/id' } })

    const [capture] = await runBatch(['/bin/sh', '-s'], [question('who', 'id')], { path: dir })
    await rm(dir, { recursive: true })

    expect(capture).toMatchObject({ exitCode: null, notRun: expect.stringContaining('neither GNU timeout nor setsid') })
  })

  it('keeps the time of its round even when sudo hangs at the question what it allows', async () => {
    const dir = await programs({
      id: { text: '#!/bin/sh\necho 1000\n' },
      sudo: { text: '#!/bin/sh\ntrap "" TERM\nsleep 42.5\n' },
    })

    const [refused, next] = await runBatch(
      ['/bin/sh', '-s'],
      [question('root', 'as_root dmesg'), question('next', 'echo on')],
      {
        path: `${dir}:${hostPath}`,
      },
    )
    await rm(dir, { recursive: true })

    expect(refused).toMatchObject({ exitCode: 126, stderr: 'sudo refused: dmesg\n' })
    expect(next).toMatchObject({ exitCode: 0, stdout: 'on\n' })
  })
})
