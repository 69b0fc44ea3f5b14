import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type TlsOptions } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { backendTls, type TlsTrials } from '../../src/probes/backend-tls.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'backend-tls-'))
const open: { close: () => unknown }[] = []

const certificate =
  'openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=app.internal.example -addext subjectAltName=DNS:app.internal.example'

/** Two authorities between the root and the certificate, both of which the backend sends along. */
const chain = `
authority() { openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -days 2 -subj "/CN=$1"; }
issue() {
  openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1"
  printf '%s\\n' "$3" >ext; openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days 2 -extfile ext -out "$1.pem"
}
authority root
issue policy root basicConstraints=critical,CA:TRUE
issue issuing policy basicConstraints=critical,CA:TRUE
issue app.internal.example issuing subjectAltName=DNS:app.internal.example
cat app.internal.example.pem issuing.pem policy.pem >chain.pem`

beforeAll(() => {
  execFileSync('sh', ['-c', certificate], { cwd: folder, stdio: 'ignore' })
  execFileSync('sh', ['-c', chain], { cwd: folder, stdio: 'ignore' })
})

afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('handshakes with a backend', () => {
  it('show the version that the backend needs and nginx may not use', async () => {
    const at = await serving({ minVersion: 'TLSv1.3' })

    const { trials } = await tried(`${at}|||TLSv1 TLSv1.1 TLSv1.2|DEFAULT||app.internal.example`)

    expect(trials.get('nginx')?.outcome).toBe('failed')
    expect(trials.get('name:app.internal.example')?.outcome).toBe('failed')
    expect(trials.get('any')).toMatchObject({ outcome: 'ok', version: 'TLSv1.3' })
    expect(trials.get('tls1_2')?.outcome).toBe('failed')
  })

  it('show the name without which there is no handshake', async () => {
    const at = await serving({
      SNICallback: (name, done) => (name === 'app.internal.example' ? done(null) : done(new Error('no such name'))),
    })

    const { trials } = await tried(`${at}|checkout_api||TLSv1.2 TLSv1.3|DEFAULT||other.example,app.internal.example`)

    expect(trials.get('nginx')?.outcome).toBe('failed')
    expect(trials.get('name:other.example')?.outcome).toBe('failed')
    expect(trials.get('name:app.internal.example')?.outcome).toBe('ok')
  })

  it('check the certificate against the CA file and the name that nginx checks', async () => {
    const at = await serving({})

    const right = await tried(
      `${at}|app.internal.example|app.internal.example|TLSv1.2 TLSv1.3|DEFAULT|${folder}/cert.pem|`,
    )
    const wrong = await tried(`${at}||checkout_api|TLSv1.2 TLSv1.3|DEFAULT|${folder}/cert.pem|`)

    expect(right.trials.get('nginx')).toMatchObject({ verifyCode: 0, certificate: { names: ['app.internal.example'] } })
    expect(wrong.trials.get('nginx')?.verifyCode).toBe(62)
  })

  it('show that the chain is longer than nginx follows', async () => {
    const key = readFileSync(`${folder}/app.internal.example.key`)
    const at = await serving({ key, cert: readFileSync(`${folder}/chain.pem`) })
    const question = `${at}|app.internal.example|app.internal.example|TLSv1.2 TLSv1.3|DEFAULT|${folder}/root.pem|`

    const short = await tried(`${question}|1`)
    const long = await tried(`${question}|2`)

    expect(short.trials.get('nginx')).toMatchObject({ verifyCode: 0, deepest: 3 })
    expect([20, 22]).toContain(short.trials.get('depth')?.verifyCode)
    expect(long.trials.get('depth')?.verifyCode).toBe(0)
  })

  it('say that the file of trusted CAs could not be read', async () => {
    const at = await serving({})

    expect((await tried(`${at}|||TLSv1.2|DEFAULT|${folder}/none.pem|`)).trustUnreadable).toBe(true)
  })
})

async function serving(options: TlsOptions): Promise<string> {
  const files = { key: readFileSync(`${folder}/key.pem`), cert: readFileSync(`${folder}/cert.pem`) }
  const server = createServer({ ...files, ...options }, (socket) => socket.end())
  server.on('tlsClientError', () => {}) // failing handshakes are what is looked at
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no listener on TCP')
  return `127.0.0.1:${address.port}`
}

async function tried(argument: string): Promise<TlsTrials> {
  const { stdout } = await run('sh', ['-c', backendTls.script, 'sh', argument])
  const parsed = backendTls.parse({
    probe: 'backend-tls',
    host: 'web-1',
    command: '',
    exitCode: 0,
    ms: 1,
    stdout,
    stderr: '',
    truncated: false,
    timedOut: false,
  })
  const [backend] = parsed.ok ? parsed.value.backends : []
  if (!backend) throw new Error(`no handshake in ${stdout}`)
  return backend
}
