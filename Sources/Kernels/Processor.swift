private import CProcessor

/// What the kernels need of the processor.
public enum Processor {
    /// Whether the kernels can run here: on x86-64 that takes AVX2 and FMA.
    ///
    /// Ask before anything else of this module is called: without them a kernel stops the process.
    public static var canRunKernels: Bool {
        retain_processor_has_kernel_instructions()
    }
}
