import type { Desk } from './desk.ts'
import type { Requester } from './request.ts'

type Count = (by: Requester['kind'], outcome: 'queued' | 'joined', hosts?: number) => void

/** The same desk; each diagnosis that was asked for is counted, by person or alert, and whether one of that host ran already. */
export function countAsked(desk: Desk, count: Count): Desk {
  return {
    ...desk,
    diagnose: async (request) => {
      const taken = await desk.diagnose(request)
      count(request.requester.kind, taken.kind)
      return taken
    },
    look: async (request) => {
      await desk.look(request)
      count(request.requester.kind, 'queued', request.looks.length)
    },
    diagnoseAll: async (request) => {
      const taken = await desk.diagnoseAll(request)
      count(request.requester.kind, 'queued', taken.queued)
      count(request.requester.kind, 'joined', taken.joined)
      return taken
    },
  }
}
