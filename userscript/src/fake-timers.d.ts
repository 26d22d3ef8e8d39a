/** The part that is used of a library without types of its own. */
declare module "@sinonjs/fake-timers" {
  export interface Clock {
    /** Milliseconds since the epoch. */
    readonly now: number;
    /** Let time pass; what is due in it happens. */
    tick(ms: number): number;
  }
  export function install(options: { now: number; toFake: string[] }): Clock;
}
