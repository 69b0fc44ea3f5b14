import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { judge } from '../../lab/score/judge.ts'
import { weakened } from '../../lab/score/weakened.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** What recordings of two hosts say is true of them; `notAsked` is an upstream whose machine the inventory does not know. */
const expectation = z.object({
  verdict: z.enum(['diagnosed', 'healthy', 'undetermined', 'unreachable']),
  cause: z.string().nullable(),
  trueCause: z.string().exactOptional(),
  kind: z.enum(['cause', 'symptom', 'latent', 'notice']).nullable(),
  confidence: z.string().nullable(),
  alsoTrue: z.array(z.string()),
  subject: z.object({
    upstream: z.string().exactOptional(),
    unit: z.string().exactOptional(),
    host: z.string().exactOptional(),
    path: z.string().exactOptional(),
  }),
  notAsked: z.string().exactOptional(),
})

const pairs = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({
    name,
    path: join(folder, name),
    ...expectation.parse(JSON.parse(readFileSync(join(folder, name, 'expected.json'), 'utf8'))),
  }))

describe('the recorded pairs of hosts', () => {
  it('are twelve at least, with a backend that the inventory knows and one that it does not', () => {
    const unlisted = pairs.filter(({ notAsked }) => notAsked !== undefined)

    expect(pairs.length).toBeGreaterThanOrEqual(12)
    expect(unlisted.length).toBeGreaterThanOrEqual(2)
  })

  it.each(pairs)('$name: the cause and the machine are right', async ({ path, notAsked, ...truth }) => {
    const judged = judge(replaySnapshot(await readSnapshot(path)), truth, 'root', notAsked)

    expect(judged).toEqual({ outcome: 'right', wrongConfident: [], alarm: false, saysHealthy: false })
  })

  it.each(pairs.filter(({ cause, subject }) => cause !== null && subject.host !== 'web-1'))(
    '$name: the finding names the machine of the backend, and so does its action',
    async ({ path, subject }) => {
      const { findings, headline } = replaySnapshot(await readSnapshot(path))
      const [first] = findings

      expect(first?.subject.host).toBe(subject.host)
      expect(first?.fix.action?.host ?? subject.host).toBe(subject.host)
      expect(headline).toMatch(new RegExp(`\\bon ${subject.host ?? ''}, `))
    },
  )

  it.each(pairs.filter(({ confidence, subject }) => confidence === 'confirmed' && subject.host !== 'web-1'))(
    '$name: what is confirmed was seen on the machine of the backend',
    async ({ path, subject }) => {
      const [first] = replaySnapshot(await readSnapshot(path)).findings

      expect(first?.confidence).toBe('confirmed')
      expect(first?.evidence.filter(({ host }) => host === subject.host)).not.toEqual([])
    },
  )
})

describe('without the answers of the machine of the backend', () => {
  it.each(pairs)(
    '$name: nothing about it is confirmed, and no other cause is named',
    async ({ path, notAsked, ...truth }) => {
      const alone = frontOnly(await readSnapshot(path))
      const diagnosis = replaySnapshot(alone)

      const { wrongConfident, saysHealthy } = judge(diagnosis, truth, 'root', notAsked ?? truth.subject.upstream)
      const confirmed = diagnosis.findings.filter(
        ({ confidence, subject }) =>
          confidence === 'confirmed' && subject.host !== undefined && subject.host !== 'web-1',
      )

      expect({ wrongConfident, saysHealthy, confirmed }).toEqual({
        wrongConfident: [],
        saysHealthy: false,
        confirmed: [],
      })
    },
  )
})

describe(
  'with each probe of either machine in turn missing, timed out, cut in half or refused',
  { timeout: 60_000 },
  () => {
    it.each(pairs)('$name: no wrong cause at likely or confirmed', async ({ path, notAsked, ...truth }) => {
      const all = weakened(await readSnapshot(path))

      const wrong = all.map((each) => ({ ...each, ...judge(each.diagnosis, truth, 'root', notAsked) }))
      expect(all.length).toBeGreaterThan(100)
      expect(
        wrong
          .filter(({ wrongConfident, saysHealthy }) => wrongConfident.length > 0 || saysHealthy)
          .map(
            ({ probe, host, how, wrongConfident }) =>
              `${host} ${probe} ${how}: ${wrongConfident.join(', ') || 'called healthy'}`,
          ),
      ).toEqual([])
    })
  },
)

function frontOnly(snapshot: Snapshot): Snapshot {
  return { ...snapshot, captures: snapshot.captures.filter(({ capture }) => capture.host === snapshot.host) }
}
