import { asProblem, type Problem } from '../../problem.js'

const waitMs = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Once more after the quota's pause; any other refusal stands. */
const withPatience = async (act: () => Promise<unknown>): Promise<void> => {
  for (let left = 20; ; left--) {
    try {
      await act()
      return
    } catch (thrown) {
      const problem = asProblem(thrown)
      if (problem.status !== 429 || left === 0) throw problem
      await waitMs((problem.retryAfterSeconds ?? 1) * 1000)
    }
  }
}

export interface EachResult {
  readonly failed: readonly string[]
  readonly problem: Problem | undefined
}

/** Does one thing after another, four at a time, and goes on when one of them is refused. */
export const runEach = async (
  ids: readonly string[],
  act: (id: string) => Promise<unknown>,
  onDone: (count: number) => void,
): Promise<EachResult> => {
  const failed: string[] = []
  let problem: Problem | undefined
  let next = 0
  let done = 0
  const worker = async () => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      const one = id
      await withPatience(() => act(one)).catch((thrown: unknown) => {
        failed.push(one)
        problem ??= asProblem(thrown)
      })
      onDone(++done)
    }
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  return { failed, problem }
}
