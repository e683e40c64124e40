import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from './world.js'

/**
 * What axe has against the page, a line a rule, with the elements.
 *
 * What passes is not written up: nobody reads it, and it takes most of the time. A page without frames is judged where it stands, without
 * the second page that axe opens to put the frames' parts together.
 */
export const violations = async (page: Page): Promise<string[]> => {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(page.frames().length === 1)
  const found = await axe.analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}
