/** The tasks that worker threads of accounting do. */
export { computeTask as handle } from './compute-batch';
