/** Checks, before a worker starts, that every declared job will be done by exactly one processor. */
import { ProcessorsMismatch } from './errors';

/**
 * @param declared names of all jobs that anyone may add
 * @param processed names of the jobs that the processors of this worker take, one entry per processor
 * @throws ProcessorsMismatch listing jobs with no processor, with two, and processors of unknown jobs
 */
export function checkProcessors(declared: readonly string[], processed: readonly string[]): void {
  const count = (job: string) => processed.filter((other) => other === job).length;
  const missing = declared.filter((job) => count(job) === 0);
  const double = [...new Set(processed)].filter((job) => count(job) > 1);
  const undeclared = [...new Set(processed)].filter((job) => !declared.includes(job));
  if (missing.length + double.length + undeclared.length > 0) throw new ProcessorsMismatch(missing, double, undeclared);
}
