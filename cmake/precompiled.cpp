// Nothing but the headers that come before every file; see speechcad_add_precompiled in
// speechcad.cmake.
