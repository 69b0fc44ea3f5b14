import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { busyProcesses } from '../../src/probes/busy-processes.ts'
import { captureOf } from '../support/capture-of.ts'

/** A process as proc(5) tells of it; times are ticks, `kids` those of children that ended and were waited for. */
interface Process {
  readonly pid: number
  readonly name: string
  readonly parent: number
  readonly session: number
  readonly own: number
  readonly kids: number
}

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

describe('who uses the CPUs', () => {
  const init = { pid: 1, name: 'systemd', parent: 0, session: 1, own: 50, kids: 1000 }
  const loop = { pid: 20, name: 'backup.sh', parent: 1, session: 20, own: 5, kids: 300 }
  const gzip = { pid: 21, name: 'gzip', parent: 20, session: 20, own: 40, kids: 0 }
  const asking = { pid: 90, name: 'sh', parent: 80, session: 90, own: 1, kids: 10 }

  it('is a loop whose short children nobody sees, by what it waited for', () => {
    const sample = sampled([init, loop], [init, { ...loop, own: 15, kids: 450 }])

    expect(sample?.processes.find(({ pid }) => pid === 20)?.cpu).toBeCloseTo(160, 0)
    expect(sample?.groups[0]).toMatchObject({ name: 'backup.sh', count: 1 })
  })

  it('is charged only what a child used between the two looks', () => {
    const sample = sampled([init, loop, gzip], [init, { ...loop, kids: 300 + 40 + 70 }])

    expect(sample?.processes.find(({ pid }) => pid === 20)?.cpu).toBeCloseTo(70, 0)
  })

  it('is neither who reaps the orphans of others nor our own questions', () => {
    const sample = sampled(
      [init, asking],
      [
        { ...init, kids: 1100 },
        { ...asking, kids: 110 },
      ],
    )

    expect(sample?.processes.map(({ pid, cpu }) => [pid, cpu])).toEqual([
      [1, 0],
      [90, 0],
    ])
  })
})

/** Runs the script on a /proc of its own; the pause between its two looks puts the second in place of the first. */
function sampled(first: readonly Process[], second: readonly Process[]) {
  const folder = mkdtempSync(join(tmpdir(), 'busy-'))
  folders.push(folder)
  write(join(folder, 'proc'), first, '10.00', [0, 0])
  write(join(folder, 'next'), second, '11.00', [200, 0])
  mkdirSync(join(folder, 'bin'))
  writeFileSync(
    join(folder, 'bin/sleep'),
    `#!/bin/sh\nmv ${folder}/proc ${folder}/before; mv ${folder}/next ${folder}/proc\n`,
  )
  chmodSync(join(folder, 'bin/sleep'), 0o755)
  const script = busyProcesses.script.replaceAll('/proc/', `${folder}/proc/`)
  const path = `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`
  const stdout = execFileSync('sh', ['-c', script, 'sh', '1'], { encoding: 'utf8', env: { PATH: path } })
  const result = busyProcesses.parse(captureOf('busy-processes', stdout))
  return result.ok ? result.value : null
}

function write(
  root: string,
  processes: readonly Process[],
  uptime: string,
  [work, idle]: readonly [number, number],
): void {
  mkdirSync(root)
  writeFileSync(join(root, 'uptime'), `${uptime} 0.00\n`)
  writeFileSync(join(root, 'stat'), `cpu ${work} 0 0 ${idle} 0 0 0 0\n`)
  const self = { pid: 95, name: 'mawk', parent: 90, session: 90, own: 0, kids: 0 }
  for (const each of [...processes, { ...self, folder: 'self' }]) {
    const inner = join(root, 'folder' in each ? each.folder : `${each.pid}`)
    mkdirSync(inner)
    writeFileSync(join(inner, 'stat'), statOf(each))
    writeFileSync(join(inner, 'cgroup'), '0::/system.slice/x.service\n')
    writeFileSync(join(inner, 'cmdline'), `${each.name}\0`)
  }
}

function statOf({ pid, name, parent, session, own, kids }: Process): string {
  return `${pid} (${name}) S ${parent} ${session} ${session} 0 -1 0 0 0 0 0 ${own} 0 ${kids} 0 20 0 1 0 1 1000 100 0\n`
}
