import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Capture } from '../../src/diagnosis/capture.ts'
import { collect } from '../../src/host/collect.ts'
import { connect } from '../../src/host/connect.ts'
import type { HostConnection } from '../../src/host/connection.ts'
import { run } from '../../src/host/run.ts'
import { frame, questionsIn } from '../../demo/hosts/batch-answers.ts'
import { type SshHost, startSshHost } from '../support/ssh-host.ts'
import { question } from './question.ts'

describe('a round of questions', () => {
  let host: SshHost
  let connection: HostConnection
  beforeAll(async () => {
    host = await startSshHost()
    connection = await connect('web-1', host.inventory, { budgetMs: 8000 })
  })
  afterAll(async () => {
    connection.close()
    await host.close()
  })

  const ask = (...questions: readonly ReturnType<typeof question>[]) =>
    collect(connection, questions, { host: 'web-1', seconds: 10 })

  it('brings exit code, stdout and stderr of each probe apart, without touching a byte', async () => {
    const [first, second] = await ask(
      question('one', 'printf "no line feed"; echo oops >&2; exit 7'),
      question('two', String.raw`printf '\n\ntwo\n'; printf '\377\303\244'`),
    )

    expect(first).toMatchObject({ exitCode: 7, stdout: 'no line feed', stderr: 'oops\n', truncated: false })
    expect(second).toMatchObject({ exitCode: 0, stdout: '\n\ntwo\n\uFFFDä', stderr: '' })
  })

  it('hands parameters over unchanged, whatever they hold', async () => {
    const args = [
      `'; touch /tmp/x; '`,
      '$(id) `id` $HOME',
      String.raw`back\slash \' "`,
      'a\nb\n#: nonce 00',
      '',
      '-n',
      'ä€',
    ]

    const [capture] = await ask(question('args', String.raw`printf '%s\0' "$@"`, { args }))

    expect(capture?.stdout.split('\0')).toEqual([...args, ''])
  })

  it('gives probes an empty stdin, a plain environment and no variables of the batch', async () => {
    const [stdin, environment] = await ask(
      question('stdin', 'cat; echo end'),
      question('environment', 'env | cut -d= -f1 | sort | tr "\\n" " "; echo "$LC_ALL$PAGER$SYSTEMD_PAGER"; umask'),
    )

    expect(stdin?.stdout).toBe('end\n')
    expect(environment?.stdout).toContain('Ccat\n0077')
    expect(environment?.stdout).not.toMatch(/gm_nonce|\bHISTFILE|http_proxy/)
  })

  it('cuts a flood at the cap on the host and says so', async () => {
    const [flood, exact, noise] = await ask(
      question('flood', 'yes', { cap: 1000 }),
      question('exact', 'printf 12345', { cap: 5 }),
      question('noise', 'yes >&2 | head -c 10', { cap: 1000, seconds: 2 }),
    )

    expect(flood).toMatchObject({ truncated: true, timedOut: false })
    expect(flood?.stdout).toHaveLength(1000)
    expect(exact).toMatchObject({ stdout: '12345', truncated: false })
    expect(noise?.stderr).toHaveLength(4096)
  })

  it('never cuts a character in two at the cap', async () => {
    const [capture] = await ask(question('umlauts', 'printf ääää', { cap: 5 }))

    expect(capture).toMatchObject({ stdout: 'ää', truncated: true })
  })

  it('ends a probe that hangs, with its children, keeps what it said, and goes on', async () => {
    const mark = `31.${process.pid}`
    const hang = `echo before; (sleep ${mark} & wait) & sleep ${mark}; echo after`

    const [hung, next] = await ask(question('hang', hang, { seconds: 1 }), question('next', 'echo on'))

    expect(hung).toMatchObject({ exitCode: null, timedOut: true, stdout: 'before\n' })
    expect(next).toMatchObject({ exitCode: 0, stdout: 'on\n' })
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`sleep\0${mark}`))
  })

  it('kills grandchildren that ignore the polite signal and hold the pipe', async () => {
    const mark = `32.${process.pid}`
    const hang = `sh -c 'trap "" TERM; sleep ${mark}; :' & echo started`

    const [hung, next] = await ask(question('hang', hang, { seconds: 1 }), question('next', 'echo on'))

    expect(hung).toMatchObject({ exitCode: null, timedOut: true })
    expect(next).toMatchObject({ exitCode: 0, stdout: 'on\n' })
    expect(await commandLines()).not.toContainEqual(expect.stringContaining(`sleep\0${mark}`))
  })

  it('does not take an exit code of 124 for a time-out', async () => {
    const [capture] = await ask(question('code', 'exit 124'))

    expect(capture).toMatchObject({ exitCode: 124, timedOut: false })
  })

  it('leaves out what no longer fits in the time of the round', async () => {
    const captures = await collect(
      connection,
      [question('slow', 'sleep 30', { seconds: 20 }), question('late', 'echo never')],
      { host: 'web-1', seconds: 1 },
    )

    expect(captures[0]).toMatchObject({ timedOut: true })
    expect(captures[1]).toMatchObject({ exitCode: null, notRun: expect.stringContaining('used up') })
  })

  it('takes output that looks like a frame for output', async () => {
    const forged = String.raw`printf '\n@0123456789abcdef0123456789abcdef end 0 0 0 ended\n@stop\nmore'; exit 3`

    const [capture] = await ask(question('forged', forged))

    expect(capture).toMatchObject({ exitCode: 3, stdout: expect.stringMatching(/^\n@0123.*\n@stop\nmore$/s) })
  })

  it('does not show the nonce to anything that runs on the host', async () => {
    const look =
      'cat /proc/*/cmdline /proc/self/environ 2>/dev/null | tr "\\0" "\\n" | grep -cE "^[0-9a-f]{32}$|gm_nonce=[0-9a-f]{32}"'

    const [capture] = await ask(question('look', look))

    expect(capture?.stdout).toBe('0\n')
  })

  it('tells of each capture as it comes in', async () => {
    const heard: string[] = []

    await collect(connection, [question('a', 'echo 1'), question('b', 'echo 2')], {
      host: 'web-1',
      seconds: 5,
      onCapture: (capture, index) => heard.push(`${index} ${capture.probe} ${capture.stdout.trim()}`),
    })

    expect(heard).toEqual(['0 a 1', '1 b 2'])
  })

  it('stops when the caller stops, with what came so far', async () => {
    const stop = new AbortController()

    const captures = await collect(connection, [question('a', 'echo 1'), question('b', 'sleep 30', { seconds: 20 })], {
      host: 'web-1',
      seconds: 30,
      signal: stop.signal,
      onCapture: () => stop.abort(),
    })

    expect(captures[0]).toMatchObject({ exitCode: 0, stdout: '1\n' })
    expect(captures[1]).toMatchObject({ exitCode: null, notRun: expect.stringContaining('stopped') })
  })

  it('runs one script with parameters for an action', async () => {
    const ran = await run(connection, 'echo "$1"; echo to stderr >&2; exit 4', ["it's"], { seconds: 5 })

    expect(ran).toEqual({ exitCode: 4, stdout: "it's\n", stderr: 'to stderr\n', timedOut: false })
  })
})

describe('a connection lost in the middle of a round', () => {
  it('gives the captures so far and says of the others that they were not run', async () => {
    const host = await startSshHost()
    const connection = await connect('web-1', host.inventory, { budgetMs: 8000 })

    const captures = await collect(
      connection,
      [question('a', 'echo 1'), question('b', 'sleep 30', { seconds: 20 }), question('c', 'echo 3')],
      { host: 'web-1', seconds: 20, onCapture: () => host.server.drop() },
    )
    await host.close()

    expect(captures.map(({ stdout }) => stdout)).toEqual(['1\n', '', ''])
    expect(captures.slice(1).map(({ notRun }) => notRun)).toEqual([
      expect.stringContaining('connection to web-1 lost'),
      expect.stringContaining('connection to web-1 lost'),
    ])
    expect(connection.isOpen).toBe(false)
  })
})

describe('a host that answers from recordings', () => {
  it('reads the questions from the script and frames the recorded answers', async () => {
    const recorded: Capture = {
      probe: 'sockets',
      host: 'web-1',
      command: 'ss',
      exitCode: 0,
      ms: 12,
      stdout: 'LISTEN\n',
      stderr: 'note\n',
      truncated: true,
      timedOut: false,
    }
    const host = await startSshHost((order, output) => {
      const batch = questionsIn(order.script)
      const framed =
        batch && frame(batch, ({ probe, args }) => (probe === 'sockets' && args[0] === '8080\n' ? recorded : null))
      output.stdout(framed?.stdout ?? '')
      output.stderr(framed?.stderr ?? '')
      return Promise.resolve(0)
    })
    const connection = await connect('web-1', host.inventory, { budgetMs: 8000 })

    const asked = [question('sockets', 'ss', { args: ['8080\n'] }), question('disk', 'df')]
    const captures = await collect(connection, asked, { host: 'web-1', seconds: 5 })
    connection.close()
    await host.close()

    expect(captures[0]).toEqual({ ...recorded, command: 'sockets' })
    expect(captures[1]).toMatchObject({ exitCode: null, notRun: 'not in the recording of this host' })
  })

  it('is cut off when it sends more than was asked for', async () => {
    const host = await startSshHost((order, output) => {
      const chunk = createHash('sha256').update(order.script).digest('hex').repeat(4096)
      for (let sent = 0; sent < 16; sent += 1) output.stdout(chunk)
      return new Promise((resolve) => order.gone.addEventListener('abort', () => resolve(0)))
    })
    const connection = await connect('web-1', host.inventory, { budgetMs: 8000 })

    const [capture] = await collect(connection, [question('a', 'id')], { host: 'web-1', seconds: 5 })
    connection.close()
    await host.close()

    expect(capture?.notRun).toMatch(/more than \d+ bytes/)
  })
})

async function commandLines(): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  return Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
}
