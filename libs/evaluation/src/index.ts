/** Front door of evaluation: what lower governments are to reach, what they reached, and how they are judged by it. */
export { EvaluationModule } from './evaluation.module';
