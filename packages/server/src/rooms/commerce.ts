import { productsModule } from '../crm/products/index.js'

/** Products and what is sold of them. */
export const commerce = () => ({ implementations: productsModule(), jobs: [] })
