/** A scenario that says every word of the language at least once, and holds. */
export const EVERY_WORD = `title: Every word once
pump: reference-20ml
clock: 2026-03-01 08:00
duration: 5 days
reservoir: 19.5 mL
drugExpires: 2026-03-04
prescription:
  drugs: [{ name: morphine, concentration: 5 mg/mL }]
  basal: 1 mL/day
  demandBolus: { volume: 30 uL, over: 10 min, lockout: 2 h, mostPer24h: 4, hours: 07:00 to 22:00 }
  minimumRate: 48 uL/day
  catheter: 0.18 mL
plant:
  head: { calibration: -1 %, rollers: 4, pulsation: 30 %, wear: 10 %, revolutions: 1000, temperature: 0.2 %/K, backPressure: 0.5 %/kPa }
  tube: { compliance: 1 uL/kPa, alarmPressure: 20 kPa, resistance: 0.01 kPa h/uL, dripResistance: 100000 kPa h/mL }
  airDetector: { after: 10 uL, least: 1 uL }
  line: { tanks: 10, tubing: 0.25 mL, catheter: 0.18 mL }
  battery: { capacity: 300 mAh, stroke: 5 uAh, rest: 0.1 mA, charge: 90 %, step: 0.5 %, curve: [{ charge: 100 %, voltage: 4.1 V }, { charge: 0 %, voltage: 3 V }] }
  temperature: 37 C
  backPressure: 12 cmH2O
patient:
  - { presses: byHabit, every: 3 h, spread: 30 min, from: 10 h, until: day 2 04:00 }
  - { presses: byNeed, after: 10 min, from: 6 h, until: day 1 15:00, bounce: 2 }
events:
  - { at: 1 h, do: clinicianBolus, dose: 0.3 mg, over: 1 h, as: square }
  - { at: square.start + 20 min, do: requestBolus, as: during }
  - { at: 90 min, do: requestBolus, as: again, sameIdAs: during }
  - { at: 4 h, do: hold, command: 3 }
  - { at: 5 h, do: start }
  - { at: 6 h, do: interrogate, as: visit }
  - at: 7 h
    do: stage
    prescription:
      drugs: [{ name: morphine, concentration: 5 mg/mL }]
      flex: [{ from: 06:00, rate: 0.8 mL/day }, { from: 22:00, dose: 2 mg/day }]
      catheter: 0.18 mL
  - { at: 7 h + 5 ms, do: confirm, digest: other }
  - { at: 7 h + 7 ms, do: confirm, softLimits: yes, largeChanges: yes }
  - { at: 20 h, do: setClock, by: +1 h }
  - { at: 21 h, do: loseClock }
  - { at: 22 h, do: silence }
  - { at: 23 h, do: setClock, to: 2026-03-02 08:00 }
  - { at: 23 h, do: acknowledge }
  - { at: 24 h, do: read, motorTemperature: 60 C }
  - { at: 25 h, do: read, motorTemperature: 30 C }
  - { at: 25 h, do: read, supplyVoltage: 3.4 V }
  - { at: 25 h, do: read, charge: 50 % }
  - { at: 26 h, do: detect, alarm: airInLine, present: yes }
  - { at: 27 h, do: detect, alarm: airInLine, present: no }
  - { at: 27 h, do: acknowledge }
  - at: 30 h
    do: program
    prescription:
      drugs: [{ name: morphine, concentration: 5 mg/mL }]
      periodic: { volume: 40 uL, over: 5 min, every: 3 h }
      basal: 0.3 mL/day
      catheter: 0.18 mL
  - { at: 48 h, do: stop }
  - { at: 48 h, do: measureResidual, residual: 18 mL }
  - { at: 48 h + 1 min, do: acknowledge }
  - { at: 48 h + 1 min, do: refill, to: 20 mL, drugs: [{ name: morphine, concentration: 5 mg/mL }], expires: 2026-06-01 }
  - { at: 48 h + 2 min, do: deadVolumeEmpty, volume: 0.2 mL }
  - { at: 48 h + 2 min, do: prime, volume: 0.2 mL }
  - { at: 48 h + 3 min, do: confirmPrime, volume: 0.2 mL }
  - { at: 50 h, do: changeTube }
  - { at: 60 h, do: start }
  - { at: 70 h + 7 ms, fault: late, by: 3 min }
  - { at: 70 h + 1 s, do: requestBolus, as: inBetween }
  - { at: 71 h, do: acknowledge }
  - { at: 84 h - 1 min, fault: occlude, for: 3 h }
  - { at: 88 h, do: acknowledge }
  - { at: 89 h, fault: airBubble, volume: 3 uL }
  - { at: 95 h, do: stop }
  - { at: 95 h, do: changeTube }
  - { at: 95 h + 1 min, do: acknowledge }
  - { at: 96 h, do: start }
  - { at: 100 h, fault: rotorStuck, for: 1 min }
  - { at: 101 h, fault: rotorRuns, volume: 3 uL }
  - { at: 110 h, fault: unknownEvent }
  - { at: 112 h, fault: powerCut, for: 90 s }
  - { at: 112 h + 10 s, fault: corruptStore, bits: 1, seed: 2 }
  - { at: 112 h + 91 s + 7 ms, do: requestBolus, as: inTheDark }
  - { at: 113 h, do: acknowledge, command: 3 }
  - { at: 115 h, fault: powerCut, for: 1 h }
  - { at: 115 h + 1 s, fault: eraseStore }
  - { at: 61 h, every: 1 day, until: 100 h, do: interrogate, as: daily }
expect:
  - { request: square, is: granted }
  - { request: during, is: granted }
  - { request: again, is: duplicate }
  - { at: 4 h + 30 min, rate: 48 uL/day }
  - { at: 4 h + 30 min, state: held }
  - { at: 8 h, rate: 0.8 mL/day }
  - { at: 21 h, rate: 0.4 mL/day }
  - { at: 21 h, signal: low }
  - { alarm: clockNotSet, from: 21 h, to: 23 h }
  - { occurs: bolusEnded, with: { bolus: clinician, reason: complete }, times: 1 }
  - { occurs: bolusGranted, with: { bolus: scheduled }, from: 30 h, to: 48 h, times: 7 }
  - { occurs: bolusGranted, with: { bolus: priming }, times: 1 }
  - { never: confirmRefused, with: { reason: softLimits } }
  - { at: 6 h, reservoir: 19.2 mL, within: 0.1 mL }
  - { at: 6 h, delivered: 0.3 mL, within: 0.01 mL }
  - { at: 6 h, outlet: 0.3 mL, within: 0.01 mL }
  - { at: 6 h, tip: 5 mg/mL, within: 0.001 mg/mL }
  - { at: 61 h, tip: 5 mg/mL, drug: morphine, within: 1.5 mg/mL }
  - { at: 6 h, charge: 87 %, within: 3 % }
  - { occurs: reading, with: { sensor: charge, value: 900 }, from: 0 h, to: 0 h, times: 1 }
  - { occurs: bolusGranted, with: { bolus: demand }, from: 6 h, to: 7 h, times: 1 }
  - { at: 86 h, pressure: 20 kPa, within: 3 kPa }
  - { occurs: occlusion, from: 84 h, to: 85 h, times: 1 }
  - { occurs: airInLine, from: 89 h, to: 94 h, times: 1 }
  - { request: inBetween, is: alarmActive }
  - { at: 70 h + 3 min + 7 ms, signal: medium }
  - { occurs: controlLate, from: 70 h + 3 min + 7 ms, to: 70 h + 3 min + 7 ms }
  - { occurs: fault, with: { fault: unknownEvent }, from: 110 h, times: 1 }
  - { at: 111 h, state: fault }
  - { at: 113 h, state: running }
  - { occurs: commandRepeated, with: { order: acknowledge, command: 3 }, times: 1 }
  - { at: 115 h + 30 min, state: off }
  - { at: 5 days, state: stopped }
  - { report: visit, field: delivery.basalNlPerDay, is: 1 mL/day }
  - { report: daily2, field: refills.expires, is: 2026-06-01 }
`;
