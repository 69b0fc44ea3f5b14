import { causes, type CauseId } from '../src/diagnosis/cause.ts'

/** The ids of the catalogue, in its order. */
export const causeIds: readonly CauseId[] = Object.keys(causes).filter((id): id is CauseId => Object.hasOwn(causes, id))
