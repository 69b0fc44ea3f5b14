import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lastLines, startChild } from '../../../demo/start/child.ts'
import { until } from '../../support/until.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatemedic-child-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Says its pid and then stays. */
const stays = ['sh', '-c', 'echo $$; exec sleep 60'] as const

async function pidIn(log: string): Promise<number> {
  await until('the child has said its pid', () => /^\d+\n/.test(readFileSync(log, 'utf8')))
  return Number.parseInt(readFileSync(log, 'utf8'), 10)
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a child of the demo', () => {
  test('ends when it is told to', async () => {
    const log = join(folder, 'log')
    const child = startChild({ name: 'sleeper', argv: stays, log })
    const pid = await pidIn(log)

    await child.stop()

    expect(runs(pid)).toBe(false)
  })

  test('tells its exit code and last words when it ends by itself', async () => {
    const log = join(folder, 'log')
    const child = startChild({ name: 'short', argv: ['sh', '-c', 'echo first; echo last words >&2; exit 3'], log })

    expect(await child.ended).toBe(3)
    expect(lastLines(log, 1)).toBe('last words')
  })

  test('ends also when the demo itself is killed without a chance to clean up', async () => {
    const log = join(folder, 'log')
    const owner = join(folder, 'owner.ts')
    const child = join(process.cwd(), 'demo/start/child.ts')
    writeFileSync(
      owner,
      `import { startChild } from ${JSON.stringify(child)}\n` +
        `startChild({ name: 'x', argv: ${JSON.stringify(stays)}, log: ${JSON.stringify(log)} })\n` +
        `setInterval(() => {}, 1000)\n`,
    )
    writeFileSync(log, '')
    const demo = spawn(process.execPath, ['--import', 'tsx', owner], { stdio: 'ignore' })
    const pid = await pidIn(log)

    demo.kill('SIGKILL')
    await once(demo, 'exit')

    await until('the child is gone', () => !runs(pid))
  })
})
