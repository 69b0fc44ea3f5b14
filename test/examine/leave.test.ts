import { beforeAll, describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { clientsIn } from '../../src/examine/clients-of.ts'
import { leaveAnswers, leaveDiagnosis } from '../../src/examine/leave.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { captureFolders } from '../support/captures.ts'
import { plantClients, plantedClients } from '../support/plant-clients.ts'

let visited: readonly Snapshot[]

beforeAll(async () => {
  // Every tenth is enough day by day: hosts of all kinds come by, and the whole takes half a minute.
  const some = captureFolders().filter((_, nth) => nth % 10 === 0)
  const all = await Promise.all(some.map(({ folder }) => readSnapshot(folder)))
  visited = all.map(plantClients).filter((each) => textOf(each).includes(plantedClients[0]))
})

const textOf = (snapshot: Snapshot): string => JSON.stringify(snapshot.captures)
const leaving = (snapshot: Snapshot) => ({ clients: clientsIn(snapshot), maskClients: true })
const planted = (text: string): readonly string[] => plantedClients.filter((client) => text.includes(client))
const answerOf = ({ verdict, findings }: Diagnosis) => [
  verdict,
  ...findings.map(({ cause, kind, confidence, failingNow, subject }) => [cause, kind, confidence, failingNow, subject]),
]

describe('addresses of clients, where an answer leaves', () => {
  it('are in no diagnosis and in none of the answers behind it, of recorded hosts of all kinds', () => {
    const left = visited.flatMap((snapshot) => {
      const diagnosis = JSON.stringify(leaveDiagnosis(replaySnapshot(snapshot), leaving(snapshot)))
      return planted(`${diagnosis}${textOf(leaveAnswers(snapshot, leaving(snapshot)))}`)
    })

    expect(visited.length).toBeGreaterThan(10)
    expect(left).toEqual([])
  })

  it('leave stand-ins by which the answers are judged again as they were', () => {
    const differing = visited.filter((snapshot) => {
      const again = replaySnapshot(leaveAnswers(snapshot, leaving(snapshot)))
      return JSON.stringify(answerOf(again)) !== JSON.stringify(answerOf(replaySnapshot(snapshot)))
    })

    expect(differing.map(({ host, recordedOn }) => `${host} ${recordedOn}`)).toEqual([])
  })

  it('stay where nobody asked for masking', () => {
    const [first] = visited
    if (first === undefined) throw new Error('no recording')

    expect(planted(textOf(leaveAnswers(first, { ...leaving(first), maskClients: false })))).not.toEqual([])
  })
})
