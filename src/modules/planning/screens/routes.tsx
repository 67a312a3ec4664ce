export { PlanPage } from './PlanPage.tsx'
export { PlansPage } from './PlansPage.tsx'
export { SheetPage } from './SheetPage.tsx'
