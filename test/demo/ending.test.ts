import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { runDemo } from './running-demo.ts'

/** Every process below this one: pid -> command. Reads /proc. */
function descendants(of: number): ReadonlyMap<number, string> {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = read(`/proc/${name}/stat`)
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const found = new Map<number, string>()
  const isBelow = (pid: number): boolean => {
    for (let at = parents.get(pid); at !== undefined && at > 1; at = parents.get(at)) if (at === of) return true
    return false
  }
  for (const pid of parents.keys()) {
    if (isBelow(pid)) found.set(pid, read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim())
  }
  return found
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // it ended meanwhile
  }
}

/** Loopback ports that processes with these pids listen on, from /proc/net/tcp and their open sockets. */
function listeningPorts(): ReadonlySet<number> {
  const lines = read('/proc/net/tcp').split('\n').slice(1)
  const listening = lines.map((line) => line.trim().split(/\s+/)).filter((fields) => fields[3] === '0A')
  return new Set(listening.map((fields) => Number.parseInt(fields[1]?.split(':')[1] ?? '0', 16)))
}

function isAlive(pid: number): boolean {
  return read(`/proc/${pid}/stat`) !== '' && !/\) Z /.test(read(`/proc/${pid}/stat`))
}

function folders(): readonly string[] {
  return readdirSync('data').filter((name) => name.startsWith('demo-'))
}

const onLinux = process.platform === 'linux'

describe.skipIf(!onLinux)('the end of the demo', () => {
  test('Ctrl-C ends every process and closes every port', { timeout: 180_000 }, async () => {
    const demo = await runDemo()
    const below = descendants(demo.process.pid ?? 0)
    const page = Number(new URL(demo.firstAddress).port)

    const code = await demo.stop()

    expect([...below.values()].join('\n')).toMatch(/redis|valkey/)
    expect([...below.values()].filter((command) => command.includes('src/main.ts')).length).toBeGreaterThanOrEqual(2)
    expect(code).toBe(0)
    await until('every child is gone', () => [...below.keys()].every((pid) => !isAlive(pid)))
    expect(listeningPorts().has(page)).toBe(false)
  })

  test('the same wish to end may arrive twice, and still everything is cleaned up', { timeout: 180_000 }, async () => {
    const demo = await runDemo()
    const [own] = [...descendants(demo.process.pid ?? 0)].filter(([, command]) => command.includes('demo/main.ts'))
    const folder = `demo-${own?.[0]}`
    const before = folders()

    // To the whole group, as a service manager does; the set-up script passes it on to the demo a second time.
    process.kill(-(demo.process.pid ?? 0), 'SIGTERM')
    await demo.ended

    expect(before).toContain(folder)
    expect(folders()).not.toContain(folder)
  })

  test('nothing outlives a demo that was killed by force', { timeout: 180_000 }, async () => {
    const demo = await runDemo()
    const below = descendants(demo.process.pid ?? 0)

    demo.process.kill('SIGKILL')

    await until('every child is gone', () => [...below.keys()].every((pid) => !isAlive(pid)), 20_000)
    expect(below.size).toBeGreaterThan(4)
  })

  test('a taken port is said and the next free one is used', { timeout: 180_000 }, async () => {
    const first = await runDemo()
    const second = await runDemo()
    try {
      expect(second.firstAddress).not.toBe(first.firstAddress)
      expect(second.output()).toMatch(/port \d+ is taken; the page is at \d+/)
    } finally {
      await Promise.all([first.stop(), second.stop()])
    }
  })
})
