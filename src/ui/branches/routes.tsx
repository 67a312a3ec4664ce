export { BranchesPage } from './BranchesPage.tsx'
