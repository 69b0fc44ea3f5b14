import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { judge, type Truth } from '../../lab/score/judge.ts'
import { weakened } from '../../lab/score/weakened.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'

const testFolder = fileURLToPath(new URL('..', import.meta.url))

/** What recordings say is true of them. */
const expected = z.object({
  verdict: z.enum(['diagnosed', 'healthy', 'undetermined', 'unreachable']),
  cause: z.string().nullable(),
  trueCause: z.string().optional(),
  kind: z.enum(['cause', 'symptom', 'latent', 'notice']).nullable(),
  alsoTrue: z.array(z.string()),
})

describe('with each probe in turn missing, timed out, cut in half or refused', () => {
  it.each(recordings())('$name names no wrong cause at likely or confirmed', async ({ folder }) => {
    const { trueCause, ...rest } = expected.parse(JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')))
    const truth: Truth = { ...rest, ...(trueCause !== undefined && { trueCause }), subject: {} }

    const all = weakened(await readSnapshot(folder))

    expect(all.length).toBeGreaterThan(40)
    const wrong = all.map((each) => ({ ...each, ...judge(each.diagnosis, truth, 'root') }))
    expect(
      wrong
        .filter(({ wrongConfident, saysHealthy }) => wrongConfident.length > 0 || saysHealthy)
        .map(({ probe, how, wrongConfident }) => `${probe} ${how}: ${wrongConfident.join(', ') || 'called healthy'}`),
    ).toEqual([])
  })
})

function recordings(): readonly { readonly name: string; readonly folder: string }[] {
  return [...below('hosts'), ...below('rules').flatMap((rule) => below(rule))]
    .filter((path) => readdirSync(join(testFolder, path)).includes('expected.json'))
    .map((name) => ({ name, folder: join(testFolder, name) }))
}

function below(path: string): readonly string[] {
  return readdirSync(join(testFolder, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${path}/${entry.name}`)
}
