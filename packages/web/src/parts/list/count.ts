const whole = new Intl.NumberFormat('en')

/** Searches count exactly as far as this; what they say beyond is a guess. */
export const exactUpTo = 10_000

const rounded = (total: number) => Number(total.toPrecision(2))

/** `1 contact`, `2,431 contacts`, `about 120,000 contacts`: never an exact number that was not counted. */
export const countOf = (total: number, noun: string, { counted = total <= exactUpTo, plural = `${noun}s` } = {}): string =>
  `${counted ? whole.format(total) : `about ${whole.format(rounded(total))}`} ${total === 1 ? noun : plural}`
