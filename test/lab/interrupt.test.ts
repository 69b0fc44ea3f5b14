import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../lab/command.ts'
import { exitCodeOf } from '../../lab/exit-code.ts'
import { imageRoot } from '../../lab/image/build.ts'
import { silent } from '../../lab/progress.ts'
import { until } from '../../lab/until.ts'
import { labHere } from './lab-here.ts'

/** A name nobody else uses at the same time on this machine. */
const name = `web-${process.pid}`

describe.skipIf(!labHere())('lab up, broken off', { timeout: 60_000 }, () => {
  beforeAll(() => imageRoot(silent), 600_000)

  test.each([`booting ${name}`, `breaking ${name}: backend-down`])(
    'leaves nothing behind after Ctrl-C during "%s"',
    async (step) => {
      const state = mkdtempSync(join(tmpdir(), 'gatemedic-lab-'))
      const child = spawn(process.execPath, ['--import', 'tsx', 'lab/main.ts', 'up', name, '--fault', 'backend-down'], {
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { ...process.env, GATEMEDIC_LAB_STATE: state },
        detached: true,
      })
      const { pid } = child
      let said = ''
      child.stderr.on('data', (chunk: Buffer) => {
        const seen = said.includes(step)
        said += chunk.toString()
        // The whole group, as a terminal does.
        if (!seen && said.includes(step) && pid !== undefined) process.kill(-pid, 'SIGINT')
      })

      await exitCodeOf(child)

      expect(said).toContain(step)
      expect(said).toContain('stopped, nothing left behind')
      expect(readdirSync(join(state, 'hosts'))).toEqual([])
      expect((await run(['pgrep', '-f', `machine=gml-cli-${name}`])).stdout).toBe('')
      rmSync(state, { recursive: true })
    },
  )

  test('ends the host of a run that was killed by force, and removes the rest with the next command', async () => {
    const state = mkdtempSync(join(tmpdir(), 'gatemedic-lab-'))
    const env = { ...process.env, GATEMEDIC_LAB_STATE: state }
    const child = spawn(process.execPath, ['--import', 'tsx', 'lab/main.ts', 'verify', 'healthy'], {
      stdio: 'ignore',
      env,
      detached: true,
    })
    const machine = await until({ what: 'a recorded host', seconds: 30 }, async () => recordedHost(state))
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    await exitCodeOf(child)

    await until({ what: 'end of the host', seconds: 40 }, async () => {
      const { stdout } = await run(['pgrep', '-f', `machine=${machine}`])
      return stdout === '' ? { value: true } : stdout
    })
    const cleaned = await run([process.execPath, '--import', 'tsx', 'lab/main.ts', 'down', '--all'], { env })

    expect(cleaned.exitCode).toBe(0)
    expect(readdirSync(join(state, 'hosts'))).toEqual([])
    rmSync(state, { recursive: true })
  })
})

/** The machine name of the only host that a run has recorded so far. */
function recordedHost(state: string): string | { readonly value: string } {
  const [machine] = existsSync(join(state, 'hosts')) ? readdirSync(join(state, 'hosts')) : []
  return machine !== undefined && existsSync(join(state, 'hosts', machine, 'host.json')) ? { value: machine } : 'none'
}
