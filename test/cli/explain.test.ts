import { expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const line =
  '2026/11/21 03:08:01 [error] 41#41: *9 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.7, server: shop.example.com, request: "GET /cart?token=s3cr3t HTTP/1.1", upstream: "http://127.0.0.1:8080/cart?token=s3cr3t", host: "shop.example.com"'

test('explain reads lines from standard input and prints JSON of schema 1', async () => {
  const run = await runCli(['explain', '--json'], { input: `${line}\n` })

  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(JSON.parse(run.stdout)).toMatchObject({
    schema: 1,
    lines: [
      { level: 'error', errno: 111, phase: 'connecting to upstream', causes: expect.arrayContaining(['backend-down']) },
    ],
  })
})

test('explain takes secrets out, in text and in JSON, unless it is told not to', async () => {
  const [text, json, raw] = await Promise.all([
    runCli(['explain'], { input: line }),
    runCli(['explain', '--json'], { input: line }),
    runCli(['explain', '--raw'], { input: line }),
  ])

  expect(text.stdout).toContain('token=<redacted:token>')
  expect(text.stdout + json.stdout).not.toContain('s3cr3t')
  expect(raw.stdout).toContain('s3cr3t')
})

test('explain names the fitting causes and what to look at next', async () => {
  const [text, json] = await Promise.all([
    runCli(['explain'], { input: line }),
    runCli(['explain', '--json'], { input: line }),
  ])

  expect(text.stdout).toContain('backend-down: the backend is down')
  expect(text.stdout).toContain('Look next: ss -ltnp')
  expect(JSON.parse(json.stdout)).toMatchObject({ lines: [{ ask: { command: 'ss -ltnp' } }] })
})

test('explain says so when nothing is of nginx', async () => {
  const [text, json] = await Promise.all([
    runCli(['explain'], { input: 'hello\n' }),
    runCli(['explain', '--json'], { input: '' }),
  ])

  expect(text.stdout).toContain('Nothing here is a line of nginx')
  expect(JSON.parse(json.stdout)).toEqual({ schema: 1, lines: [] })
})

test('explain survives a binary log', async () => {
  const run = await runCli(['explain', '--json'], { input: `\0\u0001\u001B[2J${'\uFFFD'.repeat(50)}\n${line}\n` })

  expect(run.exitCode).toBe(0)
  expect(JSON.parse(run.stdout)).toMatchObject({ schema: 1 })
})
