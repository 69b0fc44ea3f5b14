import { execFile } from 'node:child_process'
import { createServer as createHttp2 } from 'node:http2'
import { createServer, type Server } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { backendAnswer, type BackendAnswer } from '../../src/probes/backend-answer.ts'

const run = promisify(execFile)
const open: { close: () => unknown }[] = []

afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

describe('what a backend answers', () => {
  it('tells plain HTTP by its status line, and sizes of header lines without their values', async () => {
    const at = await says('HTTP/1.1 200 OK\r\nSet-Cookie: session=a-secret\r\nContent-Length: 2\r\n\r\nok')

    const answer = await asked(at)

    expect(answer).toMatchObject({ speaks: ['http'], firstLine: 'HTTP/1.1 200 OK', headerBytes: 68 })
    expect(answer.headers).toEqual([
      { name: 'Set-Cookie', bytes: 30, flaw: null },
      { name: 'Content-Length', bytes: 19, flaw: null },
    ])
    expect(JSON.stringify(answer)).not.toContain('a-secret')
  })

  it('shows what is wrong with a header line', async () => {
    const at = await says('HTTP/1.1 200 OK\r\nX Bad: 1\r\nX-Nul: a\0\r\nno colon\r\n\r\n')

    const { headers } = await asked(at)

    expect(headers).toEqual([
      { name: 'X\\x20Bad', bytes: 10, flaw: null },
      { name: 'X-Nul', bytes: 11, flaw: 'nul' },
      { name: 'no\\x20colon', bytes: 10, flaw: 'no-colon' },
    ])
  })

  it('tells HTTP/2 without TLS by its settings frame', async () => {
    const server = createHttp2()
    open.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

    const { speaks } = await asked(portOf(server))

    expect(speaks).toEqual(['http2'])
  })

  it('tells FastCGI by the answer to a question for a setting', async () => {
    const at = await listening((first, reply) =>
      first === 1 ? reply(Buffer.from('010a000000120600', 'hex')) : undefined,
    )

    expect((await asked(at)).speaks).toEqual(['fastcgi'])
  })

  it('tells TLS by an alert, whatever it says to a GET in clear', async () => {
    const at = await listening((first, reply) =>
      reply(first === 0x16 ? Buffer.from('15030100020228', 'hex') : Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')),
    )

    expect((await asked(at)).speaks).toEqual(['tls'])
  })

  it('knows nothing of a listener that keeps silent', async () => {
    const at = await listening(() => undefined)

    expect(await asked(at)).toMatchObject({ speaks: [], firstLine: null, headerBytes: null, headers: [] })
  })

  it('is unknown where curl cannot open a plain connection', () => {
    const capture = {
      probe: 'backend-answer',
      host: 'web-1',
      command: '',
      exitCode: 127,
      ms: 1,
      stdout: '',
      stderr: 'no curl with telnet',
      truncated: false,
      timedOut: false,
    }

    expect(backendAnswer.parse(capture).ok).toBe(false)
  })
})

function says(answer: string): Promise<number> {
  return listening((first, reply) => (first === 'G'.charCodeAt(0) ? reply(Buffer.from(answer)) : undefined))
}

/** A listener that sees the first byte of what it is told and may reply once, and end. */
async function listening(hear: (first: number, reply: (bytes: Buffer) => void) => unknown): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {}) // a reset by the probe is an end like any other
    socket.once('data', (data) => hear(data[0] ?? 0, (bytes) => socket.end(bytes)))
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return portOf(server)
}

function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no listener on TCP')
  return address.port
}

async function asked(port: number): Promise<BackendAnswer> {
  const { stdout } = await run('sh', ['-c', backendAnswer.script, 'sh', `127.0.0.1:${port}|shop.example.com|/|1.0`])
  const parsed = backendAnswer.parse({
    probe: 'backend-answer',
    host: 'web-1',
    command: '',
    exitCode: 0,
    ms: 1,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
  })
  const [answer] = parsed.ok ? parsed.value.answers : []
  if (!answer) throw new Error(`no answer in ${stdout}`)
  return answer
}
