/* Work in slices: between two of them the page is drawn and answers. */
window.tesoma = window.tesoma || {};
(function (tesoma) {
  "use strict";

  /* Milliseconds; the last job of a slice may take as long again. */
  const SLICE = 5;
  const jobs = [], resting = [], channel = new MessageChannel();
  let going = false, awaited = 0, end = 0;

  const next = () => channel.port2.postMessage(null);

  function slice() {
    end = performance.now() + SLICE;
    going = jobs.length > 0;
    try {
      while (jobs.length && performance.now() < end) jobs.shift()();
    } finally {
      if (going) next();
    }
    if (!jobs.length && !awaited) for (const rest of resting.splice(0)) rest();
  }
  channel.port1.onmessage = slice;

  /** What scripts do with a map that stands: functions of the map and its options. */
  tesoma.mapStarters = [];

  /** Does a job after those that wait already. */
  tesoma.schedule = function (job) {
    jobs.push(job);
    if (!going) next();
    going = true;
  };

  /** Ends the slice with the job that is being done: what it drew on a canvas costs more when the slice is over. */
  tesoma.endSlice = function () {
    end = 0;
  };

  /** Calls back once nothing waits, and nothing is on its way. */
  tesoma.whenIdle = function (callback) {
    resting.push(callback);
    tesoma.schedule(() => {});
  };

  /** Says that something is on its way; what it returns is called when it is there, and comes before what waits: tiles
      that are painted first would be painted again. */
  tesoma.expect = function () {
    awaited++;
    return function (job) {
      jobs.unshift(function () {
        awaited--;
        job();
      });
      if (!going) next();
      going = true;
    };
  };
})(window.tesoma);
