import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { clients, openRooms, rooms } from './rooms.ts'
import { type Import, importsOf, placeOf, projectFiles } from './source-files.ts'

const sources = projectFiles().filter((file) => file.endsWith('.ts'))
const product = sources.filter((file) => file.startsWith('src/') || file.startsWith('commands/'))

/** Why an import may not be, in words; null when it may. */
function objection(one: Import): string | null {
  const from = placeOf(one.from)
  const target = placeOf(one.target)
  if (from.room === target.room || openRooms.includes(from.room)) return null
  const room = rooms[from.room]
  if (room === undefined) return `${one.from}: no row for ${from.room} in test/architecture/rooms.ts`
  const names = [target.room, target.inside]
  if (room.may.some((name) => names.includes(name))) return null
  if (one.typeOnly && room.types?.some((name) => names.includes(name)) === true) return null
  return `${one.from} imports ${one.target}${one.typeOnly ? ' (types)' : ''}, but ${from.room}: ${room.because}`
}

describe('who may import whom', () => {
  test('every import between rooms stands in the table', () => {
    const objections = product
      .flatMap(importsOf)
      .filter((one) => one.local)
      .map(objection)

    expect(objections.filter((words) => words !== null)).toEqual([])
  })

  test('the table itself refuses what it should', () => {
    const ssh: Import = { from: 'src/slack/app.ts', target: 'src/host/connection.ts', local: true, typeOnly: false }
    const core: Import = { from: 'src/diagnosis/judge.ts', target: 'src/rules/index.ts', local: true, typeOnly: true }

    expect(objection(ssh)).toContain('neither hosts nor keys')
    expect(objection(core)).toContain('the pure core')
  })

  test('each client library is imported by one folder', () => {
    const strays = sources
      .flatMap(importsOf)
      .filter((one) => !one.local)
      .filter((one) =>
        clients.some(
          ({ packages, only }) => packages.test(one.target) && !only.some((place) => one.from.startsWith(place)),
        ),
      )

    expect(strays.map((one) => `${one.from} imports ${one.target}`)).toEqual([])
  })

  test('rules, symptoms and the core read no clock and touch neither files nor network', () => {
    const pure = product.filter((file) => /^src\/(?:diagnosis|nginx|symptoms|rules|probes)\//.test(file))
    const impure = pure.flatMap(importsOf).filter((one) => /^node:(?!path|crypto|net$)/.test(one.target))
    const clock = /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(/

    expect(impure.map((one) => `${one.from} imports ${one.target}`)).toEqual([])
    expect(pure.filter((file) => clock.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  test('the product runs without development dependencies', () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')))
    const needed = product
      .flatMap(importsOf)
      .filter((one) => !one.local && !one.typeOnly && !one.target.startsWith('node:'))
    const packages = needed.map((one) => /^(?:@[^/]+\/)?[^/]+/.exec(one.target)?.[0] ?? one.target)

    expect([...new Set(packages)].filter((name) => !(name in dependencies))).toEqual([])
  })
})
