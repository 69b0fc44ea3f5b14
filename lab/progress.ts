/** Told about each step as it begins, in a few words, so that a wait is never silent. */
export type Progress = (step: string) => void

/** For tests and other callers that show nothing. */
export function silent(): void {}
